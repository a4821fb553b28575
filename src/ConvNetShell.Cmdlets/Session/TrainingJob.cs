using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;
using ConvNetShell.Cmdlets.Errors;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;

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
    private readonly JobScripts scripts;
    private readonly TrainingWork work;
    private readonly ConvNetSession session;
    private string status = string.Empty;

    internal TrainingJob(TrainingWork work, string command, JobScripts scripts, ConvNetSession session)
        : base(command, work.Activity)
    {
        this.work = work;
        this.session = session;
        this.scripts = scripts;
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
    public override bool HasMoreData =>
        Output.Count > 0
        || Error.Count > 0
        || Warning.Count > 0
        || Verbose.Count > 0
        || Debug.Count > 0
        || Information.Count > 0
        || Progress.Count > 0;

    /// <inheritdoc />
    public override string Location => "localhost";

    /// <inheritdoc />
    public override void StopJob()
    {
        if (!ended.IsSet)
        {
            stop.Cancel();
            scripts.Stop();
            ended.Wait();
        }
    }

    /// <summary>Starts the work on a thread of its own.</summary>
    internal void Start()
    {
        SetJobState(JobState.Running);
        new Thread(Work) { IsBackground = true, Name = Name }.Start();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
            stop.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Work()
    {
        JobState end = JobState.Failed;
        try
        {
            TrainingRun run = work.Train(new Reporter(this), stop.Token);
            Output.Add(PSObject.AsPSObject(run));
            end = run.StopReason == StopReason.Interrupt ? JobState.Stopped : JobState.Completed;
        }
        catch (Exception error) // whatever comes is the job's error, not the process's end
        {
            Error.Add(Record(error));
            if (Run is not null)
            {
                Output.Add(PSObject.AsPSObject(Run)); // Failed, with its history
            }
        }
        finally
        {
            if (Run is null)
            {
                work.Copy?.Dispose(); // it could not begin
            }
            scripts.Dispose();
            begun.Set();
            SetJobState(end);
            ended.Set();
        }
    }

    private ErrorRecord Record(Exception error) =>
        error switch
        {
            ConvNetException known => known.ToErrorRecord(Run),
            ExternalException torch => torch.ToTorchErrorRecord(Run),
            IContainsErrorRecord { ErrorRecord: { } own } => own, // a script of the user's threw it
            _ => new ErrorRecord(
                new InvalidOperationException($"The training of job {Id} ended with an unknown error: {error.Message}", error),
                "Training.JobFailed",
                ErrorCategory.OperationStopped,
                Run
            ).WithAdvice(),
        };

    private sealed class Reporter(TrainingJob job) : ITrainingCallback
    {
        public TimeSpan StepInterval { get; } = TimeSpan.FromMilliseconds(200);

        public void OnBegin(TrainingRun run)
        {
            job.Run = run;
            job.session.Remember(run, job.work.Source);
            job.begun.Set();
        }

        public void OnStep(in StepProgress progress) =>
            job.status = string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {progress.Epoch}/{progress.Epochs}, step {progress.Step}/{progress.Steps}, loss {progress.Loss:F3}, "
                    + $"{progress.ImagesPerSecond:N0} images/s"
            );

        public void OnEpoch(TrainingRun run, EpochRecord epoch)
        {
            job.Verbose.Add(new VerboseRecord(epoch.ToString()));
            job.scripts.Run(job, run, epoch);
        }

        public void OnWarning(string text) => job.Warning.Add(new WarningRecord(VisibleText.OfLines(text)));
    }
}
