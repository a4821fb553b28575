using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>
/// The state of a runspace: the training runs made in it, and the datasets it has read. The runspaces of a notebook's kernel and its
/// subshells have one in common.
/// </summary>
internal sealed class ConvNetSession
{
    private const string KernelKey = "ConvNetShell.Kernel"; // the kernel puts its id there
    private static readonly ConditionalWeakTable<Runspace, ConvNetSession> Sessions = [];
    private static readonly Lock Gate = new();
    private readonly List<TrainingRun> runs = [];
    private readonly Lazy<SixelOptions?> sixel = new(SixelTerminal.Find);
    private readonly Dictionary<string, WeakReference<Dataset>> datasets = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<Network, WeakReference<TrainingRun>> trained = [];
    private readonly ConditionalWeakTable<Network, object> named = [];
    private readonly HashSet<string> namedPresets = new(StringComparer.OrdinalIgnoreCase);
    private int lastId;

    /// <summary>Gets the session of the runspace that the present pipeline belongs to.</summary>
    public static ConvNetSession Current => Of(Runspace.DefaultRunspace);

    /// <summary>Gets how the terminal draws pixels; <see langword="null"/> where it draws none. It is asked once.</summary>
    public SixelOptions? Sixel => sixel.Value;

    /// <summary>Gets or sets the trial of a sweep that this session is at; <see langword="null"/> outside a sweep.</summary>
    public TrialContext? Trial { get; set; }

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

    /// <summary>Remembers a run and gives it a number; one that is known stays where it is. A job does this from its own thread.</summary>
    /// <param name="run">The run.</param>
    /// <param name="source">The network that a copy of was trained, or <see langword="null"/>.</param>
    public void Remember(TrainingRun run, Network? source = null)
    {
        lock (runs)
        {
            if (!runs.Contains(run))
            {
                run.Identify(++lastId);
                runs.Add(run);
            }
            if (source is not null)
            {
                trained.AddOrUpdate(source, new WeakReference<TrainingRun>(run));
            }
        }
    }

    /// <summary>Forgets a run and frees its weights.</summary>
    public void Remove(TrainingRun run)
    {
        lock (runs)
        {
            runs.Remove(run);
        }
        run.Network.Dispose();
    }

    /// <summary>Returns the latest run that trained a network, or <see langword="null"/>.</summary>
    public TrainingRun? RunOf(Network network) => Runs.LastOrDefault(run => run.Network == network);

    /// <summary>Returns the latest run that trained a copy of a network and is still known, or <see langword="null"/>.</summary>
    public TrainingRun? TrainedFrom(Network network) =>
        trained.TryGetValue(network, out WeakReference<TrainingRun>? known)
        && known.TryGetTarget(out TrainingRun? run)
        && Runs.Contains(run)
            ? run
            : null;

    /// <summary>Returns whether a network, or a preset by its name, is asked for the first time here.</summary>
    public bool IsNew(object networkOrPreset)
    {
        lock (namedPresets)
        {
            return networkOrPreset is Network network ? named.TryAdd(network, network.Name) : namedPresets.Add((string)networkOrPreset);
        }
    }

    /// <summary>Returns a dataset that was read before and is still in use somewhere, else reads it.</summary>
    /// <param name="key">A known name, or a full path.</param>
    /// <param name="read">Reads it.</param>
    public Dataset GetOrRead(string key, Func<Dataset> read)
    {
        lock (datasets)
        {
            if (datasets.TryGetValue(key, out WeakReference<Dataset>? known) && known.TryGetTarget(out Dataset? dataset))
            {
                return dataset;
            }
        }
        Dataset fresh = read(); // outside the lock: another shell need not wait for a download
        lock (datasets)
        {
            datasets[key] = new WeakReference<Dataset>(fresh);
        }
        return fresh;
    }

    private static ConvNetSession Of(Runspace runspace)
    {
        if (Sessions.TryGetValue(runspace, out ConvNetSession? session))
        {
            return session;
        }
        lock (Gate)
        {
            object? kernel = runspace.GetApplicationPrivateData()[KernelKey];
            return Sessions.GetValue(
                runspace,
                _ =>
                    kernel is null
                        ? new ConvNetSession()
                        : Sessions.FirstOrDefault(known => Equals(known.Key.GetApplicationPrivateData()[KernelKey], kernel)).Value
                            ?? new ConvNetSession()
            );
        }
    }
}
