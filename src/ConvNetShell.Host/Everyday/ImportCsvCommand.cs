using System.Text;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Import-Csv: files of separated values as objects.</summary>
[Cmdlet(VerbsData.Import, "Csv", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PSCustomObject))]
public sealed class ImportCsvCommand : PathCommandBase
{
    /// <summary>What separates values.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>The column names, where the first line has none.</summary>
    [Parameter]
    public string[]? Header { get; set; }

    /// <summary>The text encoding where the file has no mark; UTF-8 when left out.</summary>
    [Parameter]
    [TextEncoding]
    public Encoding Encoding { get; set; } = TextEncodingAttribute.Default;

    /// <inheritdoc/>
    protected override void ProcessPath(string path)
    {
        foreach (string file in Resolve(path, out _))
        {
            WriteObject(CsvReader.Objects(File.ReadAllText(file, Encoding), Delimiter, Header), enumerateCollection: true);
        }
    }
}
