using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.FusedKernels.Normalization;

namespace ConvNetShell.Core.Layers.Chains;

/// <summary>A batch normalization of a chain.</summary>
/// <param name="Module">The layer.</param>
/// <param name="Activation">The activation behind it.</param>
internal sealed record ChainNorm(BatchNormModule Module, NormActivation Activation);
