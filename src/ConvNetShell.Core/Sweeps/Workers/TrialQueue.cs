using ConvNetShell.Core.Sweeps.Storage;

namespace ConvNetShell.Core.Sweeps.Workers;

/// <summary>
/// What a worker knows of the trials. Those under way are read again for each claim; those that have ended never; those that wait at a rung
/// only when one is to continue, or when nothing else is left: in a large sweep they are the most.
/// </summary>
/// <param name="folder">The sweep.</param>
internal sealed class TrialQueue(SweepFolder folder)
{
    private readonly SortedDictionary<int, SweepTrial> begun = [];
    private readonly SortedSet<int> open = []; // begun, and neither ended nor at a rung
    private readonly HashSet<int> busy = []; // begun, and not at a rung
    private int next; // all plans before it have been begun

    /// <summary>Gets the trials that were begun.</summary>
    public IEnumerable<SweepTrial> Begun => begun.Values;

    /// <summary>Gets the numbers of those that do not wait at a rung.</summary>
    public IReadOnlySet<int> Busy => busy;

    /// <summary>Gets a value indicating whether no trial is left but those that wait at rungs.</summary>
    public bool IsEmpty => open.Count == 0 && next == folder.Plans().Count;

    /// <summary>Gets a trial that was begun, as it was last read.</summary>
    /// <param name="number">Its number.</param>
    public SweepTrial this[int number] => begun[number];

    /// <summary>Reads the trials under way again, and those begun since.</summary>
    public void Update()
    {
        foreach (int number in open.ToArray())
        {
            Update(number);
        }
        while (next < folder.Plans().Count && Update(next + 1).Attempts > 0)
        {
            next++;
        }
    }

    /// <summary>Reads the trials at rungs again.</summary>
    /// <returns>Those that still wait.</returns>
    public IReadOnlyList<SweepTrial> UpdatePaused() =>
        [
            .. begun
                .Values.Where(trial => trial.IsPaused)
                .Select(trial => trial.Number)
                .ToArray()
                .Select(Update)
                .Where(trial => trial.IsPaused),
        ];

    /// <summary>Reads a trial again.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>The trial.</returns>
    public SweepTrial Update(int number)
    {
        SweepTrial trial = folder.Trial(folder.Plans()[number - 1]);
        if (trial.Attempts > 0)
        {
            begun[number] = trial;
            _ = trial.IsPaused ? busy.Remove(number) : busy.Add(number);
            _ = trial.HasEnded || trial.IsPaused ? open.Remove(number) : open.Add(number);
        }
        return trial;
    }

    /// <summary>Returns the trials that may be claimed, in order: those whose process has died, and those never begun.</summary>
    public IEnumerable<SweepTrial> Pending()
    {
        IEnumerable<int> numbers = open.ToArray()
            .Concat(Enumerable.Range(next + 1, folder.Plans().Count - next).Where(number => !open.Contains(number)));
        return numbers.Select(Update).Where(trial => trial is { Status: TrialStatus.Pending, IsPaused: false });
    }
}
