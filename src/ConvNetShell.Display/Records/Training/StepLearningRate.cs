using System.Globalization;

namespace ConvNetShell.Display.Records.Training;

/// <summary>The learning rate of one step of a run.</summary>
/// <param name="Step">The step of the run, from 1; batches whose gradients are added up are steps of one rate.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="LearningRate">The learning rate.</param>
public sealed record StepLearningRate(long Step, int Epoch, double LearningRate)
{
    /// <summary>Says the step and the rate.</summary>
    /// <returns>For example <c>step 12: 0.0034</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"step {Step}: {LearningRate:G4}");
}
