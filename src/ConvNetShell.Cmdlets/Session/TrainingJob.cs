using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConvNetShell.Cmdlets.Extensions;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>
/// A training run in the background, as a job: Wait-Job, Receive-Job (the run), Stop-Job and Remove-Job work on it. Its
/// <see cref="Control"/> pauses it, lets it go on and changes its learning rate, momentum, weight decay and batch size.
/// </summary>
public sealed class TrainingJob : Job
{
    private readonly CancellationTokenSource stop = new();
    private readonly ManualResetEventSlim ended = new();
    private readonly ManualResetEventSlim begun = new();
    private readonly EpochScripts scripts;
    private readonly ConvNetSession session;
    private string status = string.Empty;

    internal TrainingJob(string name, string command, EpochScripts scripts, ConvNetSession session) : base(command, name)
    {
        this.session = session;
        this.scripts = scripts.Unbound();
        PSJobTypeName = "ConvNetTraining";
    }

    /// <summary>Gets the run; <see langword="null"/> until it has begun.</summary>
    public TrainingRun? Run { get; private set; }

    /// <summary>Gets the handles of the run; waits until it has begun. <see langword="null"/> where it could not begin.</summary>
    public RunControl? Control
    {
        get
        {
            begun.Wait();
            return Run?.Control;
        }
    }

    /// <summary>Gets the steps and figures so far.</summary>
    public override string StatusMessage => status;

    /// <inheritdoc />
    public override bool HasMoreData => Output.Count > 0 || Error.Count > 0 || Warning.Count > 0 || Verbose.Count > 0 || Information.Count > 0;

    /// <inheritdoc />
    public override string Location => "localhost";

    /// <inheritdoc />
    public override void StopJob()
    {
        stop.Cancel();
        ended.Wait();
    }

    /// <summary>Starts the work on a thread of its own.</summary>
    /// <param name="work">Trains, telling a callback, until the token is cancelled.</param>
    internal void Start(Func<ITrainingCallback, CancellationToken, TrainingRun> work)
    {
        SetJobState(JobState.Running);
        new Thread(() => Work(work)) { IsBackground = true, Name = Name }.Start();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stop.Cancel();
            ended.Wait();
            stop.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Work(Func<ITrainingCallback, CancellationToken, TrainingRun> work)
    {
        JobState end = JobState.Failed;
        try
        {
            using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
            runspace.Open();
            Runspace.DefaultRunspace = runspace; // of this thread: the user's script blocks run here
            TrainingRun run = work(new Reporter(this), stop.Token);
            Runspace.DefaultRunspace = null; // the run is to be shown as the receiver's session shows it
            Output.Add(PSObject.AsPSObject(run));
            end = run.StopReason == StopReason.Interrupt ? JobState.Stopped : JobState.Completed;
        }
        catch (ConvNetException error)
        {
            Error.Add(error.ToErrorRecord(Run));
        }
        catch (Exception error) // whatever a script block throws is the job's error, not the process's end
        {
            Error.Add(new ErrorRecord(error, "Training.JobFailed", ErrorCategory.OperationStopped, Run));
        }
        finally
        {
            begun.Set();
            SetJobState(end);
            ended.Set();
        }
    }

    private sealed class Reporter(TrainingJob job) : ITrainingCallback
    {
        public TimeSpan StepInterval { get; } = TimeSpan.FromMilliseconds(200);

        public void OnBegin(TrainingRun run)
        {
            job.Run = run;
            job.session.Remember(run);
            job.begun.Set();
        }

        public void OnStep(in StepProgress progress) => job.status = string.Create(
            CultureInfo.InvariantCulture, $"epoch {progress.Epoch}/{progress.Epochs}, step {progress.Step}/{progress.Steps}, loss {progress.Loss:F3}, {progress.ImagesPerSecond:N0} images/s");

        public void OnEpoch(TrainingRun run, EpochRecord epoch)
        {
            job.Verbose.Add(new VerboseRecord(epoch.ToString()));
            foreach (string line in job.scripts.Run(run, epoch))
            {
                job.Information.Add(new InformationRecord(line, job.Name));
            }
        }

        public void OnWarning(string text) => job.Warning.Add(new WarningRecord(text));
    }
}
