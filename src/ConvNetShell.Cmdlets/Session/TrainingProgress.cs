using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>
/// Shows a run as it goes on: one progress bar, at most five updates a second, a verbose line an epoch, and the user's script blocks.
/// </summary>
/// <param name="cmdlet">The cmdlet that trains.</param>
/// <param name="activity">The text of the bar.</param>
/// <param name="scripts">The user's scripts for each epoch.</param>
/// <param name="begun">Receives the run when it begins.</param>
/// <param name="stop">Ends the run after the present batch.</param>
internal sealed class TrainingProgress(Cmdlet cmdlet, string activity, EpochScripts scripts, Action<TrainingRun> begun, Action stop)
    : ITrainingCallback
{
    private const int ActivityId = 1;
    private readonly Stopwatch sinceUpdate = new();

    /// <summary>Gets the run, as soon as it has begun.</summary>
    public TrainingRun? Run { get; private set; }

    /// <inheritdoc />
    public TimeSpan StepInterval { get; } = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    public void OnBegin(TrainingRun run)
    {
        Run = run;
        begun(run);
        Tell(() =>
            cmdlet.WriteVerbose(
                $"{run.Network.Name}{(run.StartedFrom is null ? string.Empty : $" from {run.StartedFrom}")} on {run.Dataset}: "
                    + $"{run.Settings}, seed {run.Seed.ToString(CultureInfo.InvariantCulture)}, {run.Device}"
            )
        );
    }

    /// <inheritdoc />
    public void OnStep(in StepProgress progress)
    {
        if (sinceUpdate.IsRunning && sinceUpdate.Elapsed < StepInterval)
        {
            return;
        }
        sinceUpdate.Restart();
        double done = (progress.Epoch - 1 + (double)progress.Step / progress.Steps) / progress.Epochs;
        string status = string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch}/{progress.Epochs}  loss {progress.Loss:F3}  accuracy {100 * progress.Accuracy:F1} %  "
                + $"{progress.ImagesPerSecond:N0} images/s"
        );
        var record = new ProgressRecord(ActivityId, activity, status)
        {
            PercentComplete = (int)(100 * done),
            SecondsRemaining = (int)Math.Min(progress.TimeLeft.TotalSeconds, int.MaxValue),
        };
        Tell(() => cmdlet.WriteProgress(record));
    }

    /// <inheritdoc />
    public void OnEpoch(TrainingRun run, EpochRecord epoch) =>
        Tell(() =>
        {
            cmdlet.WriteVerbose(epoch.ToString());
            foreach (string line in scripts.Run(run, epoch))
            {
                cmdlet.WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);
            }
        });

    /// <inheritdoc />
    public void OnWarning(string text) => Tell(() => cmdlet.WriteWarning(VisibleText.OfLines(text)));

    /// <summary>Takes the bar away.</summary>
    public void Complete() =>
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, "done") { RecordType = ProgressRecordType.Completed });

    private void Tell(Action write)
    {
        try
        {
            write();
        }
        catch (PipelineStoppedException)
        {
            stop(); // a stopped pipeline writes no more; the run ends as Stopped, which keeps it, and not with this error
        }
    }
}
