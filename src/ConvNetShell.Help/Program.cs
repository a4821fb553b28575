using ConvNetShell.Help;

const int arguments = 3;
if (args.Length != arguments)
{
    Console.Error.WriteLine(
        "Usage: ConvNetShell.Help ASSEMBLY REFERENCES OUTPUT - REFERENCES is a file with the path of a referenced assembly a line."
    );
    return 1;
}

string assembly = args[0];
var documentation = XmlDocumentation.Load(Path.ChangeExtension(assembly, ".xml"));
using var cmdlets = new CmdletReader(assembly, File.ReadAllLines(args[1]), documentation);
MamlWriter.Write(cmdlets.Read(), args[2]);
return 0;
