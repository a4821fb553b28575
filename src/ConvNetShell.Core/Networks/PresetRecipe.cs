using ConvNetShell.Core.Training;

namespace ConvNetShell.Core.Networks;

/// <summary>How a preset is trained where the general recipe does not suit it; what the user chooses goes before.</summary>
/// <param name="Optimizer">The optimiser.</param>
/// <param name="LearningRate">The largest learning rate, for that optimiser.</param>
/// <param name="BatchSize">The samples in a step.</param>
public sealed record PresetRecipe(OptimizerKind Optimizer, double LearningRate, int BatchSize);
