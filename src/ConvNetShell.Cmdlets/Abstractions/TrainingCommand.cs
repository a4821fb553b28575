using System.Management.Automation;
using ConvNetShell.Cmdlets.Extensions;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Rendering;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that train: progress, script blocks, jobs, and the run that is kept however it ends.</summary>
public abstract class TrainingCommand : DataCommand
{
    /// <summary>
    /// Gets or sets a script that runs after each epoch; in it $_ is the epoch's record and $run the run, whose Control pauses it and changes its learning rate,
    /// momentum, weight decay and batch size. What it puts out is shown. With -AsJob it runs in a runspace of its own.
    /// </summary>
    [Parameter]
    public ScriptBlock? OnEpoch { get; set; }

    /// <summary>Gets or sets a script that ends the run after the epoch for which it is true: { $_.ValidationAccuracy -ge 0.8 }.</summary>
    [Parameter]
    public ScriptBlock? StopWhen { get; set; }

    /// <summary>Gets or sets a value indicating whether the run goes on in the background; returned is a job for Wait-Job, Receive-Job, Stop-Job and Remove-Job, whose Control steers the run.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>Gets or sets a value indicating whether loss and accuracy are drawn while the run goes on: in a notebook one figure changed at most twice a second, in a terminal curves drawn over, with what -OnEpoch puts out above them.</summary>
    [Parameter]
    public SwitchParameter Show { get; set; }

    /// <summary>Gets or sets a value indicating whether the first layer's filters are drawn too, below the curves.</summary>
    [Parameter]
    public SwitchParameter ShowFilters { get; set; }

    /// <summary>Trains here or in a job, and writes the run or the job.</summary>
    /// <param name="activity">What the progress bar says.</param>
    /// <param name="work">Trains, telling a callback, until the token is cancelled.</param>
    private protected void Go(string activity, Func<ITrainingCallback, CancellationToken, TrainingRun> work)
    {
        var scripts = new EpochScripts(OnEpoch, StopWhen);
        if (AsJob)
        {
            var job = new TrainingJob(activity, MyInvocation.Line.Trim(), scripts, ConvNetSession.Current);
            JobRepository.Add(job);
            job.Start(work);
            WriteObject(job);
            return;
        }
        var progress = new TrainingProgress(this, activity, scripts, StopProcessing);
        try
        {
            LiveView? live = Show || ShowFilters ? Live(progress) : null;
            TrainingRun run = work(live is null ? progress : live, Stop);
            progress.Complete();
            live?.Complete();
            WriteObject(run);
        }
        catch (NonFiniteLossException error)
        {
            ThrowTerminatingError(error.ToErrorRecord(error.Run));
        }
        finally
        {
            if (progress.Run is { } run)
            {
                ConvNetSession.Current.Remember(run);
            }
        }
    }

    private LiveView Live(TrainingProgress progress) =>
        new(progress, new LiveFigure(this, NotebookDisplay.Find(SessionState), () => TerminalInfo.Of(Host), Renderers.Create()), ShowFilters);
}
