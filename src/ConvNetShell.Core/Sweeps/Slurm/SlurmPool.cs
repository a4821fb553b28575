using System.Diagnostics;
using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Core.Sweeps.Workers;

namespace ConvNetShell.Core.Sweeps.Slurm;

/// <summary>
/// Works on a sweep in jobs of Slurm: an array of them, each a worker. A job that Slurm ends before the sweep has ended, at its time limit,
/// with its node or by hand, is replaced by another, which continues the trial from its checkpoint. Slurm itself queues pre-empted jobs
/// again.
/// </summary>
public sealed class SlurmPool : ISweepPool
{
    private const int MostLosses = 3; // arrays in a row whose workers do not begin a trial
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MostSilence = TimeSpan.FromMinutes(10);
    private readonly string sweepPath;
    private readonly int count;
    private readonly SlurmOptions options;
    private readonly SlurmScript script;
    private readonly string worker;
    private readonly Action<string> warn;
    private readonly string name = $"cnsh-{Guid.NewGuid().ToString("N")[..10]}";
    private readonly List<string> jobs = []; // the arrays
    private readonly HashSet<string> known = []; // the jobs of arrays that are queued or run
    private long asked,
        silentSince;
    private int losses,
        attempts = -1;
    private bool isStopping;

    /// <summary>Initializes a new instance of the <see cref="SlurmPool"/> class; the first jobs are submitted by the first tick.</summary>
    /// <param name="sweep">The sweep's folder, which all nodes see.</param>
    /// <param name="count">The number of jobs at a time.</param>
    /// <param name="options">What a job asks for.</param>
    /// <param name="start">How a worker process is started.</param>
    /// <param name="warn">Receives what Slurm said of jobs it ended, and its silence.</param>
    public SlurmPool(string sweep, int count, SlurmOptions options, ProcessStartInfo start, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (sweepPath, this.count, this.options, this.warn) = (sweep, count, options, warn);
        script = new SlurmScript(sweep);
        worker = script.Write(start);
    }

    /// <summary>Gets or sets the time between two questions to the scheduler. Default: 5 seconds.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public bool Tick(Sweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        isStopping |= sweep.HasEnded || jobs.Any(script.HasEnded);
        if (jobs.Count == 0 || Stopwatch.GetElapsedTime(asked) >= Interval)
        {
            asked = Stopwatch.GetTimestamp();
            if (Ask() && !isStopping && known.Count < Wanted(sweep))
            {
                Submit(sweep, Wanted(sweep) - known.Count);
            }
        }
        return known.Count > 0 && !sweep.HasEnded;
    }

    /// <summary>Cancels the jobs that are left and waits for their end.</summary>
    public void Dispose()
    {
        long begun = Stopwatch.GetTimestamp();
        if (jobs.Count == 0 || (known.Count == 0 && isStopping))
        {
            return;
        }
        isStopping = true; // a job that goes from here on is one of those cancelled
        bool isRefused = SlurmCommand.Run("scancel", ["--name", name, .. jobs], out string error) is null;
        while (Ask() && known.Count > 0 && Stopwatch.GetElapsedTime(begun) < StopTime)
        {
            Thread.Sleep(200);
        }
        if (isRefused && known.Count > 0) // otherwise they had ended by themselves
        {
            warn($"scancel: {error}");
        }
    }

    private int Wanted(Sweep sweep) => Math.Min(count, sweep.Count - sweep.Finished);

    private void Submit(Sweep sweep, int missing)
    {
        int begun = sweep.Trials.Sum(trial => trial.Attempts);
        losses = begun > attempts ? 0 : losses + 1;
        attempts = begun;
        if (losses >= MostLosses)
        {
            throw new SchedulerException("Slurm.WorkerFailed", $"expected jobs that begin a trial. Received: {script.LastWords()}");
        }
        string[] arguments =
        [
            "--parsable",
            string.Create(CultureInfo.InvariantCulture, $"--array=1-{missing}"),
            $"--job-name={name}",
            $"--output={script.LogPattern}",
            "--open-mode=append",
            "--requeue",
            $"--chdir={sweepPath}",
            .. options.Arguments(),
            worker,
        ];
        string answer =
            SlurmCommand.Run("sbatch", arguments, out string error)
            ?? throw new SchedulerException("Slurm.Refused", $"expected sbatch to take the jobs. Received: {error}");
        string job = answer.Trim().Split(';')[0]; // the cluster's name may follow
        jobs.Add(job);
        known.UnionWith(Enumerable.Range(1, missing).Select(index => string.Create(CultureInfo.InvariantCulture, $"{job}_{index}")));
    }

    /// <summary>Asks which jobs are queued or run; returns false where the scheduler does not answer.</summary>
    private bool Ask()
    {
        if (jobs.Count == 0)
        {
            return true;
        }
        if (SlurmCommand.Run("squeue", ["--noheader", "--array", "--name", name, "--format=%i"], out string error) is not { } answer)
        {
            if (silentSince == 0)
            {
                silentSince = Stopwatch.GetTimestamp();
                warn($"squeue does not answer, and is asked again: {error}");
            }
            return Stopwatch.GetElapsedTime(silentSince) < MostSilence
                ? false
                : throw new SchedulerException("Slurm.Silent", $"expected squeue to answer within {MostSilence}. Received: {error}");
        }
        silentSince = 0;
        var present = answer.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        string[] gone = [.. known.Except(present)];
        known.IntersectWith(present);
        if (!isStopping)
        {
            foreach (string job in gone.Where(job => !script.HasEnded(job.Split('_')[0])))
            {
                warn($"Slurm ended job {job} ({SlurmAccounting.State(job)}); its trial continues in another one.");
            }
        }
        return true;
    }
}
