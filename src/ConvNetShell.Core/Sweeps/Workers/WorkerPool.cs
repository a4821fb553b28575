using System.Diagnostics;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Storage;

namespace ConvNetShell.Core.Sweeps.Workers;

/// <summary>Processes that work on a sweep: one that dies is replaced, and all end when they are asked to.</summary>
public sealed class WorkerPool : ISweepPool
{
    /// <summary>The environment variable with the file whose removal asks a worker to stop.</summary>
    public const string StopVariable = "CONVNETSHELL_SWEEP_WORKER";

    /// <summary>The exit code of a worker that ends with an error of its own, which another worker would have too.</summary>
    public const int ErrorCode = 73;

    private const int MostEarlyDeaths = 5,
        LogLines = 10;
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LogTime = TimeSpan.FromSeconds(2);
    private readonly Func<ProcessStartInfo> start;
    private readonly string folder;
    private readonly string keepAlive;
    private readonly List<(Process Process, Queue<string> Log, int Slot)> workers = [];
    private readonly IReadOnlyList<string> gpus;
    private readonly int count;
    private int earlyDeaths;
    private bool isStopping;

    /// <summary>Initializes a new instance of the <see cref="WorkerPool"/> class and starts the processes.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="count">The number of processes.</param>
    /// <param name="start">Returns how one is started.</param>
    /// <param name="gpus">The GPUs to divide among them, as <see cref="WorkerGpus.Find"/> has them.</param>
    public WorkerPool(string folder, int count, Func<ProcessStartInfo> start, IReadOnlyList<string> gpus)
    {
        (this.folder, this.count, this.start, this.gpus) = (folder, count, start, gpus);
        keepAlive = Path.Combine(folder, $".workers-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}");
        try
        {
            File.WriteAllBytes(keepAlive, []);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SweepFolder.Unwritable(folder, error);
        }
        Replace();
    }

    /// <summary>Returns the threads that a trial has where workers share the cores.</summary>
    /// <param name="workers">The number of workers.</param>
    /// <returns>At least 1.</returns>
    public static int ThreadsOf(int workers) => Math.Max(1, ThreadLimit.Usual / workers);

    /// <inheritdoc />
    /// <exception cref="StorageException">Workers die again and again before they begin, or one ends with an error of its
    /// own.</exception>
    public bool Tick(Sweep sweep) => Replace();

    /// <summary>Replaces workers that have died, and returns whether any is at work.</summary>
    private bool Replace()
    {
        bool isBegin = workers.Count == 0;
        bool hasEnded = false;
        foreach ((Process process, Queue<string> log, _) in workers.Where(worker => worker.Process.HasExited).ToArray())
        {
            workers.RemoveAll(worker => worker.Process == process);
            hasEnded |= process.ExitCode == 0;
            bool hasBegun = File.Exists(ReadyPath(keepAlive, process.Id));
            TryDelete(ReadyPath(keepAlive, process.Id));
            earlyDeaths = hasBegun ? 0 : earlyDeaths + 1;
            if (earlyDeaths >= MostEarlyDeaths)
            {
                throw Failure("expected worker processes that begin", log);
            }
            if (process.ExitCode == ErrorCode)
            {
                throw Failure("expected worker processes that can work on the sweep; Resume-Sweep continues it", log);
            }
            process.Dispose();
        }
        isStopping |= hasEnded; // nothing is left for any of them
        while (!isStopping && workers.Count < count)
        {
            Start();
        }
        return isBegin || workers.Count > 0;
    }

    /// <summary>Asks the workers to stop, waits for them, and kills those that do not, or that cannot be asked.</summary>
    public void Dispose()
    {
        isStopping = true;
        TimeSpan patience = TryDelete(keepAlive) ? StopTime : TimeSpan.Zero;
        long begun = Stopwatch.GetTimestamp();
        foreach ((Process process, _, _) in workers)
        {
            TimeSpan left = patience - Stopwatch.GetElapsedTime(begun);
            if (!process.WaitForExit(left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                process.Kill(entireProcessTree: true);
            }
            TryDelete(ReadyPath(keepAlive, process.Id));
            process.Dispose();
        }
        workers.Clear();
    }

    /// <summary>Says, in a worker, that it has begun, and returns a token that is cancelled when it is to stop.</summary>
    /// <param name="stop">Cancelled then.</param>
    /// <returns>The watch, to be disposed of at the end; <see langword="null"/> in a process that no pool has started.</returns>
    public static IDisposable? Join(CancellationTokenSource stop)
    {
        ArgumentNullException.ThrowIfNull(stop);
        if (Environment.GetEnvironmentVariable(StopVariable) is not { Length: > 0 } text || text.Split('|') is not [var parent, var file])
        {
            return null;
        }
        int parentId = int.Parse(parent, System.Globalization.CultureInfo.InvariantCulture);
        var watched = Training.Storage.ProcessIdentity.Of(parentId);
        File.WriteAllBytes(ReadyPath(file, Environment.ProcessId), []);
        return new Timer(
            _ =>
            {
                if (!File.Exists(file) || watched.IsAlive() != true)
                {
                    stop.Cancel();
                }
            },
            null,
            TimeSpan.Zero,
            TimeSpan.FromMilliseconds(500)
        );
    }

    private static string ReadyPath(string keepAlive, int process) => FormattableString.Invariant($"{keepAlive}-{process}");

    private void Start()
    {
        ProcessStartInfo wanted = start();
        wanted.Environment["NO_COLOR"] = "1"; // its last words may be those of an error
        wanted.Environment[StopVariable] = FormattableString.Invariant($"{Environment.ProcessId}|{keepAlive}");
        int slot = Enumerable.Range(0, count).Except(workers.Select(worker => worker.Slot)).First();
        if (WorkerGpus.Of(gpus, slot, count) is { } visible)
        {
            wanted.Environment[WorkerGpus.Variable] = visible;
        }
        (wanted.UseShellExecute, wanted.RedirectStandardInput, wanted.RedirectStandardOutput, wanted.RedirectStandardError) = (
            false,
            true,
            true,
            true
        );
        var log = new Queue<string>();
        Process process = Process.Start(wanted) ?? throw new InvalidOperationException($"{wanted.FileName} did not start.");
        process.OutputDataReceived += (_, line) => Note(log, line.Data);
        process.ErrorDataReceived += (_, line) => Note(log, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        workers.Add((process, log, slot));
    }

    /// <summary>Removes a file; returns false where the disk has become read-only.</summary>
    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private StorageException Failure(string expected, Queue<string> log)
    {
        SpinWait.SpinUntil(() => Words(log).Length > 0, LogTime); // the last lines may be under way
        return new StorageException("Sweep.WorkerFailed", folder, $"{expected}. Received: {Words(log)}");
    }

    private static string Words(Queue<string> log)
    {
        lock (log)
        {
            return string.Join(Environment.NewLine, log);
        }
    }

    private static void Note(Queue<string> log, string? line)
    {
        lock (log)
        {
            if (line is not null)
            {
                log.Enqueue(line);
            }
            if (log.Count > LogLines)
            {
                log.Dequeue();
            }
        }
    }
}
