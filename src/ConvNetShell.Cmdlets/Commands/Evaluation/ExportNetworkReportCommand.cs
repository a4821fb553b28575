using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session.Figures;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Evaluation;

/// <summary>
/// Writes a report on a network as one self-contained page: layers, settings, curves, accuracy by class, confusion matrix, first-layer
/// filters, correctly and wrongly classified examples, and a panel of all layers.
/// </summary>
/// <example>
/// <code>$run | Export-NetworkReport report.html</code>
/// One page with summary, history, filters, accuracy and confusion; the file it returns is the page.
/// </example>
/// <example>
/// <code>Export-NetworkReport ./reports/second.html $run -Device cpu</code>
/// Into another folder, computed on the processor.
/// </example>
[Cmdlet(VerbsData.Export, "NetworkReport", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Export-NetworkReport")]
[OutputType(typeof(FileInfo))]
public sealed class ExportNetworkReportCommand : FigureCommand
{
    /// <summary>Gets or sets the page to write: .html. One that is there is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Gets or sets the run, or a network or a preset's name where -Dataset is given or nothing is measured.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public object Run { get; set; } = null!;

    /// <summary>Gets or sets the dataset it is measured on: an object, a known name or a path. Default: the run's own.</summary>
    [Parameter]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <inheritdoc cref="Abstractions.Splits.SplitCommand.Split" />
    [Parameter]
    public SplitKind? Split { get; set; }

    /// <summary>Gets or sets the device: auto (the default), cpu, cuda, cuda:1 or mps.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = ComputeDevice.Auto;

    /// <summary>Gets or sets a value indicating whether the file is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override object? Target => Values.Unwrap(Run);

    /// <inheritdoc />
    protected override void Process()
    {
        string path = FullPath(Path);
        if (System.IO.Path.GetExtension(path).ToLowerInvariant() is not (".html" or ".htm"))
        {
            throw new InvalidSettingException("-Path", "a page that ends in .html", Path);
        }
        var source =
            new NetworkSourceTransformAttribute().Transform(null!, Run) as NetworkSource
            ?? throw new InvalidSettingException(
                "-Run",
                "a training run, a network or a preset's name",
                Values.Unwrap(Run)?.GetType().Name
            );
        if (!ShouldProcess(path, "Write report"))
        {
            return;
        }
        Dataset? data = Dataset is not null ? Resolve(Dataset) : source.Dataset;
        var report = new NetworkReport(source.Network, Values.Unwrap(Run) as TrainingRun, Registry, Options);
        if (data is not null)
        {
            report.Measure(data, data.Split(Split), Device, Stop);
        }
        FigureFile.WritePage(path, $"{source.Network.Name}: report", report.Sections(), Dark);
        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }
}
