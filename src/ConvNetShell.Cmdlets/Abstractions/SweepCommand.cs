using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Session.Figures;
using ConvNetShell.Cmdlets.Session.Sweeps;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Core.Sweeps.Workers;
using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that run sweeps: worker processes, progress, and the end by Ctrl+C.</summary>
public abstract class SweepCommand : DataCommand
{
    private const int ActivityId = 3;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Gets or sets the number of worker processes. The processor's cores are divided among them when the sweep is made. Default: 1.
    /// </summary>
    [Parameter]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>
    /// Gets or sets a value indicating whether the course of the sweep is drawn while it runs: in a notebook as a live chart, at a prompt
    /// with a table of the trials.
    /// </summary>
    [Parameter]
    public SwitchParameter Show { get; set; }

    /// <inheritdoc />
    protected override void Begin()
    {
        if (ThrottleLimit is < 1 or > 256)
        {
            throw new InvalidSettingException(nameof(ThrottleLimit), "from 1 to 256 worker processes", ThrottleLimit);
        }
    }

    /// <summary>Runs what is left of a sweep and writes the sweep.</summary>
    private protected void Follow(SweepFolder folder)
    {
        string home = $"{SessionState.PSVariable.GetValue("PSHOME")}";
        new SweepWorker(folder).Plan();
        Sweep sweep = folder.Read();
        LiveSweep? live = Show ? Live() : null;
        if (sweep.Finished < sweep.Count)
        {
            using var pool = new WorkerPool(folder.Path, ThrottleLimit, () => WorkerProcess.For(folder.Path, home));
            while (!Stop.IsCancellationRequested && pool.Tick())
            {
                sweep = folder.Read();
                WriteProgress(Progress(sweep));
                live?.Draw(sweep, sweep.WorkLeft / ThrottleLimit);
                Stop.WaitHandle.WaitOne(Interval);
            }
        }
        Stop.ThrowIfCancellationRequested(); // the workers have saved and ended
        sweep = folder.Read();
        WriteProgress(new ProgressRecord(ActivityId, "Sweep", "done") { RecordType = ProgressRecordType.Completed });
        live?.Draw(sweep, TimeSpan.Zero, last: true);
        if (folder.Definition.MaxFailures is { } most && sweep.Failed > most)
        {
            string error = sweep.Trials.First(trial => trial.Status == TrialStatus.Failed).Error ?? string.Empty;
            WriteError(
                new ErrorRecord(
                    new InvalidOperationException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"expected at most {most} failed trials (-MaxFailures). Received: {sweep.Failed}; the first error is: {error}"
                        )
                    ),
                    "Sweep.Failed",
                    ErrorCategory.OperationStopped,
                    sweep
                )
            );
        }
        WriteObject(sweep);
    }

    private LiveSweep Live()
    {
        INotebookDisplay? notebook = NotebookDisplay.Find(SessionState);
        return new(
            new LiveFigure(this, notebook, () => TerminalInfo.Of(Host, SessionState), Renderers.Create()),
            isNotebook: notebook is not null
        );
    }

    private ProgressRecord Progress(Sweep sweep)
    {
        TimeSpan left = sweep.WorkLeft / ThrottleLimit;
        string best = sweep.Best is { } trial
            ? string.Create(CultureInfo.InvariantCulture, $", best {sweep.Objective} {trial.Objective:G4} ({trial.Parameters})")
            : string.Empty;
        return new ProgressRecord(
            ActivityId,
            $"Sweep {sweep.Path}",
            string.Create(CultureInfo.InvariantCulture, $"{sweep.Finished} of {sweep.Count} trials{best}")
        )
        {
            PercentComplete = 100 * sweep.Finished / Math.Max(1, sweep.Count),
            SecondsRemaining = left > TimeSpan.Zero ? (int)Math.Min(left.TotalSeconds, int.MaxValue) : -1,
        };
    }
}
