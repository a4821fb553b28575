using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Core.Training.Storage;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>
/// Continues a run from its latest checkpoint. On the CPU it ends with the same weights, bit for bit, as an uninterrupted run. -Verify
/// instead trains the first steps again and reports whether they give the same weights.
/// </summary>
/// <example>
/// <code>Resume-Training ./run1</code>
/// Continues a run from its latest checkpoint; it ends as if it had never been interrupted.
/// </example>
/// <example>
/// <code>Get-TrainingRun -Last | Resume-Training -Epochs 20</code>
/// Continues the last run to its twentieth epoch.
/// </example>
/// <example>
/// <code>Resume-Training ./run1 -Verify</code>
/// Trains the first steps again and says whether they give the same weights.
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "Training", HelpUri = ProjectLinks.Help + "Resume-Training")]
[OutputType(typeof(TrainingRun), typeof(ReproductionReport), typeof(TrainingJob))]
public sealed class ResumeTrainingCommand : TrainingCommand
{
    private const int VerifiedSteps = 20;

    /// <summary>
    /// Gets or sets the folder of checkpoints (its latest one that is whole is taken), one checkpoint, or a run that was kept or saved.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CheckpointTransform]
    [Alias("FullName")]
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// Gets or sets the dataset: an object, a known name or a path. Default: the run's dataset, if it is still found.
    /// </summary>
    [Parameter]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>
    /// Gets or sets a network whose copy is trained on; its layers must be those of the run, and its weights are replaced by the
    /// checkpoint's. Default: a new one.
    /// </summary>
    [Parameter]
    [NetworkTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public Network? Network { get; set; }

    /// <summary>
    /// Gets or sets the number of epochs of the whole run; the schedule is stretched over them. A run that its patience has ended goes on
    /// with -Patience only. Default: as it was.
    /// </summary>
    [Parameter]
    public int? Epochs { get; set; }

    /// <summary>
    /// Gets or sets the time after which the run ends, counted from its first start: a number is seconds, '00:10:00'
    /// (hours:minutes:seconds) ten minutes. Default: as it was.
    /// </summary>
    [Parameter]
    [TimeSpanTransform("-MaxTime")]
    public TimeSpan? MaxTime { get; set; }

    /// <summary>Gets or sets the steps after which the run ends, counted from its first; 0 is no limit. Default: as it was.</summary>
    [Parameter]
    public long? MaxSteps { get; set; }

    /// <summary>Gets or sets the epochs without a better one after which the run ends; 0 is no limit. Default: as it was.</summary>
    [Parameter]
    public int? Patience { get; set; }

    /// <summary>Gets or sets the device: auto, cpu, cuda, cuda:1 or mps. Default: as it was.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string? Device { get; set; }

    /// <summary>Gets or sets a value indicating whether data that differs from the run's training data is accepted.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the first steps of the run are trained again, on a copy, and compared with what they were
    /// then.
    /// </summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Gets or sets how many steps -Verify trains, at most 20. Default: 20, or as many as the run made.</summary>
    [Parameter]
    [ValidateRange(1, VerifiedSteps)]
    public int VerifySteps { get; set; } = VerifiedSteps;

    /// <inheritdoc />
    protected override object? Target => Path;

    /// <inheritdoc />
    protected override void Process()
    {
        RunFolder? kept = KeptRun(FullPath(Path));
        Checkpoint checkpoint = Checkpoint.Read(kept is null ? FullPath(Path) : CheckpointsOf(kept), WriteWarning);
        Dataset data = checkpoint.Fit(Resolve(Dataset ?? Source(checkpoint)));
        if (Verify)
        {
            using (checkpoint)
            {
                WriteObject(ReproductionCheck.Run(checkpoint, data, VerifySteps, Stop));
            }
            return;
        }
        var options = new ResumeOptions
        {
            Network = Network,
            Epochs = Epochs,
            MaxTime = MaxTime,
            MaxSteps = MaxSteps,
            Patience = Patience,
            Device = Device,
            Force = Force,
        };
        Go(
            new TrainingWork(
                $"Training {checkpoint.NetworkName} on {data.Name}",
                (callback, stop) =>
                    kept is null
                        ? Trainer.Resume(checkpoint, data, options, callback, stop)
                        : RunRecorder.Keep(kept, callback, recorder => Trainer.Resume(checkpoint, data, options, recorder, stop))
            )
        );
    }

    /// <summary>Returns the folder of a kept run, or <see langword="null"/> where a path is none.</summary>
    private static RunFolder? KeptRun(string path)
    {
        var folder = new RunFolder(path);
        return File.Exists(folder.RecordPath) ? folder : null;
    }

    /// <summary>Returns the folder of a kept run's checkpoints, which -CheckpointPath may have put elsewhere.</summary>
    private static string CheckpointsOf(RunFolder kept) =>
        kept.HasCheckpoint ? kept.CheckpointPath : kept.Read().Settings.Checkpoints?.Path ?? kept.CheckpointPath;

    private DatasetSource Source(Checkpoint checkpoint)
    {
        if (ConvNetSession.Current.Runs.LastOrDefault(run => run.Checkpoint == checkpoint.Path) is { } run)
        {
            return new DatasetSource(run.SourceDataset, null);
        }
        bool known = KnownDatasets.Find(checkpoint.Dataset) is not null;
        return known || System.IO.Path.Exists(checkpoint.DatasetSource)
            ? new DatasetSource(null, known ? checkpoint.Dataset : checkpoint.DatasetSource) { IsLiteral = !known }
            : throw new CheckpointException(
                "Checkpoint.DataNotFound",
                checkpoint.Path,
                $"expected the dataset {checkpoint.Dataset} at {checkpoint.DatasetSource}. Received: no dataset there. Use -Dataset."
            );
    }
}
