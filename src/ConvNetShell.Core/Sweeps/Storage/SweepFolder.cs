using System.Globalization;
using System.Text.Json;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>The files of a sweep: sweep.json, trials.jsonl, and the folder trials with one folder for each trial that was begun.</summary>
public sealed class SweepFolder
{
    private const string DefinitionName = "sweep.json",
        PlanName = "trials.jsonl",
        PlanLock = "trials.lock",
        TrialsName = "trials";

    private const int ProbeBytes = 65_536;

    private static readonly JsonSerializerOptions Line = Options(isIndented: false);
    private static readonly JsonSerializerOptions Indented = Options(isIndented: true);
    private readonly LeaseWatch leases;
    private readonly Dictionary<int, SweepTrial> settled = []; // trials that have ended or wait at a rung
    private List<TrialPlan> plans = [];
    private long plansLength;

    private SweepFolder(string path, SweepDefinition definition, TimeProvider time) =>
        (Path, Definition, leases) = (path, definition, new LeaseWatch(time));

    /// <summary>Gets the folder.</summary>
    public string Path { get; }

    /// <summary>Gets what the sweep is to do.</summary>
    public SweepDefinition Definition { get; }

    /// <summary>Makes the folder of a new sweep.</summary>
    /// <param name="path">The folder, which has no sweep.</param>
    /// <param name="definition">What it is to do.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="StorageException">It cannot be written, or has another sweep.</exception>
    public static SweepFolder Create(string path, SweepDefinition definition)
    {
        string file = System.IO.Path.Combine(path, DefinitionName);
        try
        {
            Directory.CreateDirectory(path);
            if (!ExclusiveFile.TryCreate(file, JsonSerializer.SerializeToUtf8Bytes(definition, Indented)))
            {
                throw new StorageException(
                    "Sweep.Exists",
                    path,
                    "expected a folder without a sweep. Received: the folder of another sweep. "
                        + "Continue it by Resume-Sweep, or name another."
                );
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, error);
        }
        return new SweepFolder(path, definition, TimeProvider.System);
    }

    /// <summary>Opens the folder of a sweep.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="StorageException">It has no sweep.</exception>
    public static SweepFolder Open(string path) => Open(path, TimeProvider.System);

    /// <summary>Opens the folder of a sweep with a clock of a test.</summary>
    internal static SweepFolder Open(string path, TimeProvider time)
    {
        string file = System.IO.Path.Combine(path, DefinitionName);
        if (!File.Exists(file))
        {
            throw new StorageException("Sweep.NoFolder", path, $"expected the folder of a sweep, with {DefinitionName}. Received: none.");
        }
        try
        {
            SweepDefinition definition = JsonSerializer.Deserialize<SweepDefinition>(File.ReadAllBytes(file), Line)!;
            return definition.Format == SweepDefinition.CurrentFormat
                ? new SweepFolder(path, definition, time)
                : throw new JsonException(FormattableString.Invariant($"format {definition.Format}, of another version of ConvNetShell"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidSettingException)
        {
            throw new StorageException("Sweep.Unreadable", path, $"expected a sweep. Received: {error.Message}", error);
        }
    }

    /// <summary>Returns the sweep as it stands.</summary>
    /// <returns>The sweep.</returns>
    public Sweep Read()
    {
        HashSet<string> begun = Begun();
        SweepTrial[] trials = // an array, which a prompt can index
        [.. Plans().Select(plan => begun.Contains(Name(plan)) ? Trial(plan) : new SweepTrial(plan, FolderOf(plan)))];
        return new Sweep(Path, Definition, trials);
    }

    /// <summary>Returns a file of the sweep.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The path.</returns>
    public string FileFor(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Returns the error of a folder that cannot be written.</summary>
    internal static StorageException Unwritable(string path, Exception error) =>
        new("Storage.Unwritable", path, $"expected a folder for a sweep that can be written. Received: {error.Message}", error);

    /// <summary>Writes and removes a file as large as the small ones of a trial.</summary>
    /// <exception cref="IOException">The disk is full or read-only.</exception>
    internal void RequireWritable()
    {
        string probe = FileFor($".probe-{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllBytes(probe, new byte[ProbeBytes]);
        }
        finally
        {
            File.Delete(probe);
        }
    }

    /// <summary>Returns the trials that were planned.</summary>
    internal IReadOnlyList<TrialPlan> Plans()
    {
        string file = FileFor(PlanName);
        long length = File.Exists(file) ? new FileInfo(file).Length : 0;
        if (length != plansLength)
        {
            plans = [.. JsonLines.Read<TrialPlan>(file, Line)];
            plansLength = length;
        }
        return plans;
    }

    /// <summary>Plans further trials, one process at a time.</summary>
    /// <param name="choose">Returns the new trials after those that are planned.</param>
    /// <returns>False where another process is planning.</returns>
    internal bool TryPlan(Func<IReadOnlyList<TrialPlan>, IReadOnlyList<TrialPlan>> choose)
    {
        FileStream held;
        try
        {
            held = new FileStream(FileFor(PlanLock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(FileFor(PlanLock)))
        {
            return false;
        }
        using (held)
        {
            if (choose(Plans()) is { Count: > 0 } added)
            {
                JsonLines.Append(FileFor(PlanName), added, Line);
            }
        }
        return true;
    }

    /// <summary>
    /// Returns a trial as it stands. One that has ended is read once, one that waits at a rung again as soon as it continues or ends.
    /// </summary>
    internal SweepTrial Trial(TrialPlan plan)
    {
        if (settled.TryGetValue(plan.Number, out SweepTrial? known) && (known.HasEnded || known.Files.IsAt(known.Attempts)))
        {
            return known;
        }
        SweepTrial trial = Read(plan, known?.Rungs ?? [], known?.Attempts ?? 0);
        if (trial.HasEnded || trial.IsPaused)
        {
            settled[plan.Number] = trial;
        }
        return trial;
    }

    private SweepTrial Read(TrialPlan plan, IReadOnlyList<TrialPause> rungs, int readAttempts)
    {
        TrialFolder folder = FolderOf(plan);
        int attempt = folder.LatestAttempt();
        if (attempt == 0)
        {
            return new SweepTrial(plan, folder);
        }
        TrialPause?[] pauses = [.. Enumerable.Range(readAttempts + 1, attempt - readAttempts).Select(folder.ReadPause)];
        rungs = [.. rungs, .. pauses.OfType<TrialPause>().Where(pause => pause.Rung >= 0)];
        if (folder.ReadResult() is { } result)
        {
            return new SweepTrial(plan, folder)
            {
                Status = result.Status,
                Objective = result.Objective,
                Error = result.Error,
                Elapsed = TimeSpan.FromSeconds(result.Seconds),
                Attempts = attempt,
                Rungs = rungs,
            };
        }
        TrialPause? latest = attempt > readAttempts ? pauses[^1] : rungs[^1];
        bool isRunning = latest is null && leases.IsAlive(folder.ReadClaim(attempt), folder.HeartbeatPath(attempt));
        return new SweepTrial(plan, folder)
        {
            Status = isRunning ? TrialStatus.Running : TrialStatus.Pending,
            Objective = latest?.Objective ?? double.NaN,
            Elapsed = TimeSpan.FromSeconds(latest?.Seconds ?? 0),
            Attempts = attempt,
            Rungs = rungs,
            IsPaused = latest is { Rung: >= 0 },
        };
    }

    private static string Name(TrialPlan plan) => plan.Number.ToString("00000", CultureInfo.InvariantCulture);

    private TrialFolder FolderOf(TrialPlan plan) => new(FileFor(System.IO.Path.Combine(TrialsName, Name(plan))));

    /// <summary>Returns the names of the folders of trials; asking for each of thousands that were never begun would take long.</summary>
    private HashSet<string> Begun()
    {
        var folder = new DirectoryInfo(FileFor(TrialsName));
        return folder.Exists ? [.. folder.EnumerateDirectories().Select(trial => trial.Name)] : [];
    }

    private static JsonSerializerOptions Options(bool isIndented)
    {
        JsonSerializerOptions options = RunFolder.Options(isIndented);
        options.Converters.Add(new PlainValueConverter());
        return options;
    }
}
