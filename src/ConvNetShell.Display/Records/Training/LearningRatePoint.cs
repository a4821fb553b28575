using System.Globalization;

namespace ConvNetShell.Display.Records.Training;

/// <summary>A step of a search for a learning rate.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="Loss">The loss of its batch.</param>
/// <param name="SmoothedLoss">The moving average of the losses so far.</param>
public sealed record LearningRatePoint(int Step, double LearningRate, double Loss, double SmoothedLoss)
{
    /// <summary>Says the rate and the losses.</summary>
    /// <returns>For example <c>0.0123: 1.934 (1.952)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LearningRate:G3}: {Loss:F3} ({SmoothedLoss:F3})");
}
