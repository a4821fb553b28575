using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>The part of a run that is compared, of a run of the session or of a kept one.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Layers">Its layers.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Versions">The versions.</param>
/// <param name="Best">The best epoch, or <see langword="null"/>.</param>
/// <param name="Elapsed">The time it took.</param>
public sealed record RunFacts(
    string Network,
    string Layers,
    string Dataset,
    TrainingSettings Settings,
    IReadOnlyDictionary<string, string> Versions,
    EpochRecord? Best,
    TimeSpan Elapsed
)
{
    /// <summary>Returns what is compared of a run of the session.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Its facts.</returns>
    public static RunFacts Of(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new(run.Network.Name, run.Network.Spec, run.SourceDataset.Name, run.Settings, run.Versions, run.Best, run.Elapsed);
    }

    /// <summary>Returns what is compared of a kept run.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Its facts.</returns>
    public static RunFacts Of(StoredRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunRecord record = run.Record;
        return new(record.Network, record.Layers, record.Dataset, record.Settings, record.Versions, record.Best, record.Elapsed);
    }
}
