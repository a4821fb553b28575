using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ConvNetShell.Help;

/// <summary>Writes help in the format Get-Help reads: MAML (schemas.microsoft.com/maml, as PowerShell's own help files have it).</summary>
internal static partial class MamlWriter
{
    private static readonly XNamespace Shell = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes a help file.</summary>
    /// <param name="cmdlets">The cmdlets.</param>
    /// <param name="path">The file.</param>
    public static void Write(IEnumerable<CmdletHelp> cmdlets, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        new XDocument(new XElement(Shell + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(Cmdlet))).Save(path);
    }

    private static XElement Cmdlet(CmdletHelp cmdlet) =>
        new(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                Description(cmdlet.Synopsis),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun)
            ),
            Description([.. cmdlet.Description]),
            new XElement(
                Command + "syntax",
                cmdlet.Sets.Select(set => new XElement(
                    Command + "syntaxItem",
                    new XElement(Maml + "name", cmdlet.Name),
                    set.Parameters.Select(parameter => Parameter(parameter, inSyntax: true))
                ))
            ),
            new XElement(Command + "parameters", cmdlet.Parameters.Select(parameter => Parameter(parameter, inSyntax: false))),
            new XElement(
                Command + "inputTypes",
                Types(
                    Command + "inputType",
                    cmdlet
                        .Parameters.Where(parameter => parameter.ByValue)
                        .Select(parameter => new TypeHelp(parameter.Type, parameter.Text))
                )
            ),
            new XElement(Command + "returnValues", Types(Command + "returnValue", cmdlet.Outputs)),
            Notes(cmdlet.Notes),
            new XElement(Command + "examples", cmdlet.Examples.Select((example, index) => Example(example, index + 1))),
            new XElement(Maml + "relatedLinks", Links(cmdlet))
        );

    private static IEnumerable<XElement> Links(CmdletHelp cmdlet)
    {
        if (cmdlet.Link is not null)
        {
            yield return Link("Online:", cmdlet.Link);
        }
        foreach (string topic in new[] { "about_ConvNetShell", cmdlet.Topic }.OfType<string>())
        {
            yield return Link(topic, string.Empty);
        }
    }

    private static XElement Link(string text, string address) =>
        new(Maml + "navigationLink", new XElement(Maml + "linkText", text), new XElement(Maml + "uri", address));

    private static XElement Parameter(ParameterHelp parameter, bool inSyntax)
    {
        var element = new XElement(
            Command + "parameter",
            new XAttribute("required", Lower(parameter.Required)),
            new XAttribute("variableLength", Lower(parameter.Type.EndsWith("[]", StringComparison.Ordinal))),
            new XAttribute("globbing", Lower(parameter.Wildcards)),
            new XAttribute("pipelineInput", parameter.PipelineInput),
            new XAttribute("position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Description(parameter.Text)
        );
        if (inSyntax && parameter.Values.Count > 0)
        {
            element.Add(new XElement(Command + "parameterValueGroup", parameter.Values.Select(value => Value(value, required: false))));
        }
        else if (!inSyntax || !parameter.IsSwitch)
        {
            element.Add(Value(parameter.Type, required: !parameter.IsSwitch));
        }
        if (!inSyntax)
        {
            Match standard = Default().Match(parameter.Text);
            element.Add(
                new XElement(Dev + "type", new XElement(Maml + "name", parameter.Type)),
                new XElement(
                    Dev + "defaultValue",
                    standard.Success ? standard.Groups["value"].Value
                        : parameter.IsSwitch ? "False"
                        : "None"
                )
            );
        }
        return element;
    }

    private static XElement Value(string text, bool required) =>
        new(Command + "parameterValue", new XAttribute("required", Lower(required)), new XAttribute("variableLength", "false"), text);

    private static IEnumerable<XElement> Types(XName name, IEnumerable<TypeHelp> types) =>
        types.Select(type => new XElement(
            name,
            new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
            type.Text.Length == 0 ? null : Description(type.Text)
        ));

    private static XElement? Notes(IReadOnlyList<string> notes) =>
        notes.Count == 0
            ? null
            : new XElement(Maml + "alertSet", new XElement(Maml + "alert", notes.Select(note => new XElement(Maml + "para", note))));

    private static XElement Example(ExampleHelp example, int number) =>
        new(
            Command + "example",
            new XElement(Maml + "title", string.Create(CultureInfo.InvariantCulture, $"--------------- Example {number} ---------------")),
            new XElement(Dev + "code", example.Code),
            new XElement(
                Dev + "remarks",
                new[] { example.Output, example.Remarks }.Where(text => text.Length > 0).Select(text => new XElement(Maml + "para", text))
            )
        );

    private static XElement Description(params string[] paragraphs) =>
        new(Maml + "description", paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph)));

    private static string Lower(bool value) => value ? "true" : "false";

    // "Default: 10.", "its kind and a number; default: 10." and "Valid (none, the default)".
    [GeneratedRegex(
        @"[Dd]efault: (?<value>.+?)(?:[.;](?:\s|$)|\)|$)|(?<value>\S+) \((?:[^()]*, )?the default(?::[^()]*)?\)|, (?<value>\w+) by default"
    )]
    private static partial Regex Default();
}
