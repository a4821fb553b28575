using System.Globalization;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>
/// The classic check of a model: whether it can learn a few batches by heart. One that cannot has a mistake in it or in its settings.
/// </summary>
internal static class Overfitting
{
    /// <summary>The loss that counts as near zero: the right class has a probability of 0.99.</summary>
    private const double NearZero = 0.01;

    /// <summary>
    /// Returns whether a run on a few batches has come to its end. The batches are its Validation split too, where dropout is off and
    /// normalization is as in use.
    /// </summary>
    public static bool Holds(TrainingRun run) => run is { Settings.OverfitBatches: > 0, History: [.., { ValidationLoss: <= NearZero }] };

    /// <summary>
    /// Says that a run on a few batches did not learn them; <see langword="null"/> where it did, or where a run has all data.
    /// </summary>
    public static string? Failure(TrainingRun run) =>
        run.Settings.OverfitBatches == 0 || run.History.Count == 0 || Holds(run)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The loss of these {run.Dataset.Train.Count} images is still {run.History[^1].ValidationLoss:G3} at the end of "
                    + $"epoch {run.History[^1].Epoch}, not {NearZero} or less: the network could not memorize them. Check the "
                    + $"learning rate, the number of epochs, and the result of Test-Network."
            );
}
