using System.Management.Automation;
using System.Runtime.InteropServices;
using ConvNetShell.Cmdlets.Errors;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Cmdlets.Session.Figures;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Rendering;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that train: progress, script blocks, jobs, and the run that is kept however it ends.</summary>
public abstract class TrainingCommand : DataCommand
{
    /// <summary>
    /// Gets or sets a script that runs after each epoch; in it $_ is the epoch's record and $run the run, whose Control pauses it and
    /// changes its learning rate, momentum, weight decay and batch size. What it puts out is shown, not returned. With -AsJob it runs
    /// in a runspace of its own, as with ForEach-Object -Parallel: $using:name has the value a variable had when the job began, other
    /// variables of yours are not seen; what it puts out is in the job's Information, its warnings and errors are the job's. Default:
    /// none.
    /// </summary>
    [Parameter]
    public ScriptBlock? OnEpoch { get; set; }

    /// <summary>
    /// Gets or sets a script that ends the run after the epoch for which it is true: { $_.ValidationAccuracy -ge 0.8 }. Default: none.
    /// </summary>
    [Parameter]
    public ScriptBlock? StopWhen { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the run goes on in the background; returned is a job for Wait-Job, Receive-Job, Stop-Job and
    /// Remove-Job, whose Control steers the run.
    /// </summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether loss and accuracy are drawn while the run goes on: in a notebook one figure changed at most
    /// twice a second, in a terminal curves drawn over, with what -OnEpoch puts out above them.
    /// </summary>
    [Parameter]
    public SwitchParameter Show { get; set; }

    /// <summary>Gets or sets a value indicating whether the first layer's filters are drawn too, below the curves.</summary>
    [Parameter]
    public SwitchParameter ShowFilters { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the run keeps the first layer's filters as they were before the training and after its
    /// epochs, in its FilterHistory: $run.FilterHistory | Export-Figure filters.gif shows how they form.
    /// </summary>
    [Parameter]
    public SwitchParameter KeepFilters { get; set; }

    /// <summary>Gets or sets the number of epochs from one set of kept filters to the next. Default: 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Every { get; set; } = 1;

    /// <summary>
    /// Trains here or in a job, and writes the run or the job. An error ends this run, which is written too, and not the pipeline.
    /// </summary>
    private protected void Go(TrainingWork work)
    {
        if (KeepFilters)
        {
            int every = Every;
            Func<ITrainingCallback, CancellationToken, TrainingRun> train = work.Train;
            work = work with { Train = (callback, stop) => train(new FilterKeeper(callback, every), stop) };
        }
        var scripts = new EpochScripts(OnEpoch, StopWhen);
        if (AsJob)
        {
            var job = new TrainingJob(work, MyInvocation.Line.Trim(), JobScripts.Prepare(scripts, SessionState), ConvNetSession.Current);
            JobRepository.Add(job);
            job.Start();
            WriteObject(job);
            return;
        }
        ConvNetSession session = ConvNetSession.Current;
        var progress = new TrainingProgress(this, work.Activity, scripts, run => session.Remember(run, work.Source), StopProcessing);
        try
        {
            LiveView? live = Show || ShowFilters ? Live(progress) : null;
            TrainingRun run = work.Train(live is null ? progress : live, Stop);
            progress.Complete();
            live?.Complete();
            WriteObject(run);
        }
        catch (Exception error) when (progress.Run is not null && error is ConvNetException or ExternalException)
        {
            progress.Complete();
            WriteError(
                error is ConvNetException known
                    ? known.ToErrorRecord(progress.Run, MyInvocation.MyCommand)
                    : ((ExternalException)error).ToTorchErrorRecord(progress.Run)
            );
            WriteObject(progress.Run);
        }
        finally
        {
            if (progress.Run is null)
            {
                work.Copy?.Dispose(); // it could not begin
            }
        }
    }

    private LiveView Live(TrainingProgress progress) =>
        new(
            progress,
            new LiveFigure(this, NotebookDisplay.Find(SessionState), () => TerminalInfo.Of(Host, SessionState), Renderers.Create()),
            ShowFilters
        );
}
