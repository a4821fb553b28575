using System.Globalization;

namespace ConvNetShell.Display.Records.Training;

/// <summary>One epoch of a training run. Accuracies are fractions from 0 to 1; losses are mean cross-entropies in nats.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="TrainLoss">The mean loss over the epoch's training batches, as they came.</param>
/// <param name="TrainAccuracy">The fraction of training images classified correctly, counted during the epoch.</param>
/// <param name="ValidationLoss">The mean loss on the validation split after the epoch; not a number without one.</param>
/// <param name="ValidationAccuracy">The fraction of validation images classified correctly; NaN without a split.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="ImagesPerSecond">Training images a second, validation left out.</param>
/// <param name="Elapsed">The time since the run began, at the end of the epoch.</param>
public sealed record EpochRecord(
    int Epoch,
    double TrainLoss,
    double TrainAccuracy,
    double ValidationLoss,
    double ValidationAccuracy,
    double LearningRate,
    double ImagesPerSecond,
    TimeSpan Elapsed
)
{
    /// <summary>
    /// Gets the loss that weight decay stands for, after the epoch: half the decay times the sum of the squared weights. Not part of
    /// TrainLoss.
    /// </summary>
    public double DecayLoss { get; init; }

    /// <summary>
    /// Gets the mean length of the gradients, of all weights together, over every sixteenth step; not a number where none was measured.
    /// </summary>
    public double GradientNorm { get; init; } = double.NaN;

    /// <summary>Gets the time the epoch spent on making batches.</summary>
    public TimeSpan DataTime { get; init; }

    /// <summary>Gets the time from batches to losses (on a GPU, the time to ask for it).</summary>
    public TimeSpan ForwardTime { get; init; }

    /// <summary>Gets the time from losses to new weights (on a GPU, the time to ask for it).</summary>
    public TimeSpan BackwardTime { get; init; }

    /// <summary>Says the epoch, its losses and accuracies; those on Validation where there are any.</summary>
    /// <returns>For example <c>epoch 3: loss 1.204, accuracy 57.1 %, validation loss 1.157, accuracy 59.3 %</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}: loss {TrainLoss:F3}, accuracy {100 * TrainAccuracy:F1} %{Validation}");

    private string Validation =>
        double.IsNaN(ValidationLoss) && double.IsNaN(ValidationAccuracy)
            ? string.Empty
            : string.Create(
                CultureInfo.InvariantCulture,
                $", validation loss {ValidationLoss:F3}, accuracy {100 * ValidationAccuracy:F1} %"
            );
}
