using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>What a runspace remembers: the training runs made in it, and the datasets it has read.</summary>
internal sealed class ConvNetSession
{
    private static readonly ConditionalWeakTable<Runspace, ConvNetSession> Sessions = [];
    private readonly List<TrainingRun> runs = [];
    private readonly Lazy<SixelOptions?> sixel = new(SixelTerminal.Find);
    private readonly Dictionary<string, WeakReference<Dataset>> datasets = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the session of the runspace that the present pipeline belongs to.</summary>
    public static ConvNetSession Current => Sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>Gets how the terminal draws pixels; <see langword="null"/> where it draws none. It is asked once.</summary>
    public SixelOptions? Sixel => sixel.Value;

    /// <summary>Gets the runs, the latest last.</summary>
    public IReadOnlyList<TrainingRun> Runs
    {
        get
        {
            lock (runs)
            {
                return [.. runs];
            }
        }
    }

    /// <summary>Remembers a run; one that is known stays where it is. A job does this from its own thread.</summary>
    public void Remember(TrainingRun run)
    {
        lock (runs)
        {
            if (!runs.Contains(run))
            {
                runs.Add(run);
            }
        }
    }

    /// <summary>Returns the latest run that trained a network, or <see langword="null"/>.</summary>
    public TrainingRun? RunOf(Network network) => Runs.LastOrDefault(run => run.Network == network);

    /// <summary>Returns a dataset that was read before and is still in use somewhere, else reads it.</summary>
    public Dataset GetOrRead(string key, Func<Dataset> read)
    {
        if (datasets.TryGetValue(key, out WeakReference<Dataset>? known) && known.TryGetTarget(out Dataset? dataset))
        {
            return dataset;
        }
        dataset = read();
        datasets[key] = new WeakReference<Dataset>(dataset);
        return dataset;
    }
}
