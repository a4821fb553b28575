using ConvNetShell.Core.Layers.Convolution;

namespace ConvNetShell.Core.Layers.Chains;

/// <summary>A convolution of a chain and the normalization behind it.</summary>
/// <param name="Convolution">The convolution.</param>
/// <param name="Norm">The normalization.</param>
internal sealed record ChainLink(ConvModule Convolution, ChainNorm Norm);
