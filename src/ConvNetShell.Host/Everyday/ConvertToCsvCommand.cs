using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>ConvertTo-Csv: objects as lines of separated values.</summary>
[Cmdlet(VerbsData.ConvertTo, "Csv")]
[OutputType(typeof(string))]
public sealed class ConvertToCsvCommand : CsvWriterBase
{
    /// <inheritdoc/>
    protected override void WriteLine(string line) => WriteObject(line);
}
