using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>The part of run.json that a list of runs needs: reading all settings of 10,000 runs would take seconds.</summary>
internal sealed record RunListing(
    string Name,
    string Network,
    string Dataset,
    RunStatus Status,
    int Epochs,
    RunListing.Limit Settings,
    RunListing.Figures? Best,
    TimeSpan Elapsed,
    DateTimeOffset Started,
    int Seed,
    string Note,
    IReadOnlyList<string> Tags
)
{
    /// <summary>Returns the summary.</summary>
    public RunSummary Summary() =>
        new(
            Name,
            Network,
            Dataset,
            Status,
            Epochs,
            Settings.Epochs,
            Best?.Epoch ?? 0,
            Best?.ValidationAccuracy ?? double.NaN,
            Best?.ValidationLoss ?? double.NaN,
            Elapsed,
            Started,
            Seed,
            Note ?? string.Empty,
            Tags ?? []
        );

    /// <summary>The epochs a run was to have.</summary>
    internal sealed record Limit(int Epochs);

    /// <summary>The figures of the best epoch.</summary>
    internal sealed record Figures(int Epoch, double ValidationAccuracy, double ValidationLoss);
}
