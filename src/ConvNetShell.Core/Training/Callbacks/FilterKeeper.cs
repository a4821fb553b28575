using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Core.Training.Callbacks;

/// <summary>
/// Keeps the first layer's filters in a run's <see cref="TrainingRun.FilterHistory"/>, as they are before the training and after its
/// epochs, and passes all events on.
/// </summary>
/// <param name="next">Receives the events.</param>
/// <param name="every">The number of epochs from one set of filters to the next.</param>
public sealed class FilterKeeper(ITrainingCallback next, int every) : ITrainingCallback
{
    private const int Most = 64; // filters of the layer: the units of a wide dense layer would fill the memory

    /// <inheritdoc />
    public TimeSpan StepInterval => next.StepInterval;

    /// <inheritdoc />
    public void OnBegin(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!Keep(run))
        {
            next.OnWarning("No layer of this network has filters: none are kept.");
        }
        next.OnBegin(run);
    }

    /// <inheritdoc />
    public void OnStep(in StepProgress progress) => next.OnStep(progress);

    /// <inheritdoc />
    public void OnEpoch(TrainingRun run, EpochRecord epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        if (epoch.Epoch % every == 0)
        {
            _ = Keep(run);
        }
        next.OnEpoch(run, epoch);
    }

    /// <inheritdoc />
    public void OnWarning(string text) => next.OnWarning(text);

    private static bool Keep(TrainingRun run)
    {
        if (run.Network.Plan.AllLayers.FirstOrDefault(NetworkFilters.HasFilters) is not { } layer)
        {
            return false;
        }
        IEnumerable<LayerFilter> filters = NetworkFilters.Get(run.Network, layer.Name).Take(Most);
        int epoch = run.History.Count;
        run.Add([.. filters.Select(filter => filter with { Epoch = epoch })]);
        return true;
    }
}
