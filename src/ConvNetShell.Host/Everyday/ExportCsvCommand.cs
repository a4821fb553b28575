using System.Text;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Export-Csv: objects as a file of separated values.</summary>
[Cmdlet(VerbsData.Export, "Csv", SupportsShouldProcess = true)]
public sealed class ExportCsvCommand : CsvWriterBase, IDisposable
{
    private TextWriter _writer = TextWriter.Null;

    /// <summary>The file.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [Alias("LiteralPath", "PSPath", "LP")]
    public string Path { get; set; } = string.Empty;

    /// <summary>Writes after what is there, in its columns.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Writes to a read-only file too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Fails when the file exists.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The text encoding; UTF-8 without a mark when left out.</summary>
    [Parameter]
    [TextEncoding]
    public Encoding Encoding { get; set; } = TextEncodingAttribute.Default;

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string path = GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(path))
        {
            return;
        }

        if (Append && File.Exists(path) && CsvReader.Read(File.ReadAllText(path, Encoding), Delimiter).FirstOrDefault() is { } header)
        {
            UseColumns([.. header]);
        }

        _writer = TextFiles.OpenWriter(this, path, Encoding, Append, Force, NoClobber);
    }

    /// <inheritdoc/>
    protected override void WriteLine(string line) => _writer.WriteLine(line);

    /// <inheritdoc/>
    protected override void EndProcessing() => Dispose();
}
