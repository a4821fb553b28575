using System.Globalization;

namespace ConvNetShell.Core.Training.Settings;

/// <summary>A setting that was changed while a run was under way.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The steps of the whole run before the change.</param>
/// <param name="Setting">LearningRate, Momentum, WeightDecay or BatchSize.</param>
/// <param name="From">The old value.</param>
/// <param name="To">The new value.</param>
public sealed record SettingChange(int Epoch, long Step, string Setting, double From, double To)
{
    /// <summary>Says what changed.</summary>
    /// <returns>For example <c>epoch 3, step 1408: LearningRate 0.02 to 0.01</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}, step {Step}: {Setting} {From} to {To}");
}
