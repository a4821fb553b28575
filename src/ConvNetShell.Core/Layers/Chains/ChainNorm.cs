using ConvNetShell.Core.Layers.Normalization;

namespace ConvNetShell.Core.Layers.Chains;

/// <summary>A batch normalization of a chain.</summary>
/// <param name="Module">The layer.</param>
/// <param name="Rectifies">Whether a ReLU follows.</param>
internal sealed record ChainNorm(BatchNormModule Module, bool Rectifies);
