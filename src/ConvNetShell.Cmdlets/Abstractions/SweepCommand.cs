using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Errors;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Session.Figures;
using ConvNetShell.Cmdlets.Session.Sweeps;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Slurm;
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
    /// Gets or sets the number of worker processes. The processor's cores are divided among them when the sweep is made, and the GPUs as
    /// each worker starts: one each, or several where there are more GPUs than workers. Default: 1.
    /// </summary>
    [Parameter]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>
    /// Gets or sets where trials run: Local, in worker processes of this machine, or Slurm, in jobs of a cluster whose nodes see the
    /// sweep's folder and the module. -ThrottleLimit is then the number of jobs at a time. A job that ends at its time limit, with its node
    /// or by hand is replaced, and its trial continues from its checkpoint. Ctrl+C cancels the jobs. Default: Local.
    /// </summary>
    [Parameter]
    public SweepExecutor Executor { get; set; }

    /// <summary>Gets or sets Slurm's partition. Default: the cluster's.</summary>
    [Parameter]
    public string? Partition { get; set; }

    /// <summary>Gets or sets the GPUs of a Slurm job, which has one trial at a time. Default: 0.</summary>
    [Parameter]
    public int GpusPerTrial { get; set; }

    /// <summary>Gets or sets the time after which Slurm ends a job, of one minute or more. Default: the partition's.</summary>
    [Parameter]
    [TimeSpanTransform(nameof(TimeLimit))]
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>
    /// Gets or sets further options of sbatch by their long names, for example @{ account = 'lab'; 'cpus-per-task' = 4 }; $true for one
    /// without a value. Default: none.
    /// </summary>
    [Parameter]
    public Hashtable SbatchOption { get; set; } = [];

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
        CheckExecutor();
    }

    /// <summary>Gets the threads of a trial: this machine's cores divided by the workers, or those of a job.</summary>
    private protected int Threads =>
        Executor == SweepExecutor.Local ? WorkerPool.ThreadsOf(ThrottleLimit)
        : Sbatch().TryGetValue(SlurmOptions.CoresOption, out string? cores)
        && int.TryParse(cores, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
        : 1;

    /// <summary>Checks the options of the executor, before anything is written.</summary>
    private void CheckExecutor()
    {
        if (Executor == SweepExecutor.Slurm)
        {
            JobOptions(cores: 1).Check();
        }
        else if (
            new[] { nameof(Partition), nameof(GpusPerTrial), nameof(TimeLimit), nameof(SbatchOption) }.FirstOrDefault(
                MyInvocation.BoundParameters.ContainsKey
            ) is
            { } name
        )
        {
            throw new InvalidSettingException(nameof(Executor), $"Slurm with -{name}", Executor);
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
            using ISweepPool pool = Pool(folder, home);
            while (!Stop.IsCancellationRequested && pool.Tick(sweep))
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
                ).WithAdvice()
            );
        }
        WriteObject(sweep);
    }

    private ISweepPool Pool(SweepFolder folder, string home) =>
        Executor == SweepExecutor.Slurm
            ? new SlurmPool(
                folder.Path,
                ThrottleLimit,
                JobOptions(folder.Definition.Threads),
                WorkerProcess.For(folder.Path, home),
                WriteWarning
            )
            : new WorkerPool(folder.Path, ThrottleLimit, () => WorkerProcess.For(folder.Path, home), WorkerGpus.Find());

    private SlurmOptions JobOptions(int cores) =>
        new()
        {
            Partition = Partition,
            Gpus = GpusPerTrial,
            Cores = cores,
            TimeLimit = TimeLimit,
            Further = Sbatch(),
        };

    private Dictionary<string, string> Sbatch() =>
        SbatchOption
            .Cast<DictionaryEntry>()
            .ToDictionary(
                entry => $"{entry.Key}",
                entry =>
                    Values.Unwrap(entry.Value) is true ? string.Empty : LanguagePrimitives.ConvertTo<string>(entry.Value) ?? string.Empty
            );

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
