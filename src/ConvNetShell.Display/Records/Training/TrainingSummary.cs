using System.Globalization;

namespace ConvNetShell.Display.Records.Training;

/// <summary>How a network was trained, as a file of the network keeps it.</summary>
/// <param name="Dataset">The name of the dataset.</param>
/// <param name="Epochs">The epochs that were finished.</param>
/// <param name="BestEpoch">The epoch whose weights these are; <see langword="null"/> where none was finished.</param>
/// <param name="TrainAccuracy">The fraction of training images classified correctly in that epoch; not a number without one.</param>
/// <param name="ValidationAccuracy">The fraction of validation images; not a number without validation.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Device">The device.</param>
/// <param name="Started">When the training began.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Settings">The settings, by their names; lists with commas.</param>
public sealed record TrainingSummary(
    string Dataset,
    int Epochs,
    int? BestEpoch,
    double TrainAccuracy,
    double ValidationAccuracy,
    int Seed,
    string Device,
    DateTimeOffset Started,
    TimeSpan Elapsed,
    IReadOnlyDictionary<string, string> Settings
)
{
    /// <summary>Gets the settings, by their names; lists with commas.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new SettingValues(Settings);

    /// <summary>Says the dataset, the epochs and the accuracy.</summary>
    /// <returns>For example <c>10 epochs on Shapes, best 9 with 95.4 % validation accuracy</c>.</returns>
    public override string ToString()
    {
        (string kind, double accuracy) = double.IsNaN(ValidationAccuracy)
            ? ("training", TrainAccuracy)
            : ("validation", ValidationAccuracy);
        string best = BestEpoch is { } epoch
            ? string.Create(CultureInfo.InvariantCulture, $", best {epoch} with {100 * accuracy:F1} % {kind} accuracy")
            : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{Epochs} {(Epochs == 1 ? "epoch" : "epochs")} on {Dataset}{best}");
    }
}
