using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Storage;
using ConvNetShell.Core.Training.TensorBoard;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>
/// Writes runs for TensorBoard, each into a folder of its name: loss, accuracy and the layers' gradients by epoch, the learning rate by
/// step, the settings, histograms of the weights and pictures of the filters. A run of this session may still be under way.
/// </summary>
/// <example><code>$run | Export-TensorBoard ./logs</code>Then <c>tensorboard --logdir ./logs</c> shows it.</example>
/// <example>
/// <code>Get-TrainingRun -RunPath ./runs | Export-TensorBoard ./logs</code>
/// All runs that were kept on disk.
/// </example>
/// <example><code>(Get-Sweep ./s).Trials.Run | Export-TensorBoard ./logs -Force</code>The runs of a sweep.</example>
[Cmdlet(VerbsData.Export, "TensorBoard", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Export-TensorBoard")]
[OutputType(typeof(FileInfo))]
public sealed class ExportTensorBoardCommand : ConvNetCommand
{
    private const string TrialRun = "run";
    private readonly HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets the folder of logs; made if it is not there.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Gets or sets the runs: of Start-Training or Get-TrainingRun, or kept ones.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public object[] Run { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether events that a run's folder has are replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gets or sets a value indicating whether the files are returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override object? Target => Path;

    /// <inheritdoc />
    protected override void Process()
    {
        foreach (object? item in Run.Select(Values.Unwrap))
        {
            Stop.ThrowIfCancellationRequested();
            Attempt(() => Export(item), item ?? Path);
        }
    }

    private void Export(object? item)
    {
        (TrainingRun run, string name) = item switch
        {
            TrainingRun known => (known, known.Name),
            StoredRun kept => (kept.ToRun(), Name(kept)),
            _ => throw new InvalidSettingException(nameof(Run), "training runs", item?.GetType().Name),
        };
        string folder = System.IO.Path.Combine(FullPath(Path), Folder(name));
        if (ShouldProcess(folder, "Write events for TensorBoard"))
        {
            string file = TensorBoardExport.Write(folder, run, Force);
            if (PassThru)
            {
                WriteObject(new FileInfo(file));
            }
        }
    }

    /// <summary>Returns the folder's name of a kept run; of a sweep's run, the trial's.</summary>
    private static string Name(StoredRun run) =>
        run.Id == TrialRun ? "trial-" + System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(run.Folder)) : run.Id;

    /// <summary>Returns a name of a folder that no earlier run of the pipeline has.</summary>
    private string Folder(string name)
    {
        string plain = string.Concat(name.Split(System.IO.Path.GetInvalidFileNameChars())).Trim('.');
        plain = plain.Length > 0 ? plain : TrialRun;
        string wanted = plain;
        for (int number = 2; !used.Add(wanted); number++)
        {
            wanted = FormattableString.Invariant($"{plain}-{number}");
        }
        return wanted;
    }
}
