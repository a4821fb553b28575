namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>Some of the filters of a convolution, in whole panels.</summary>
/// <param name="Begin">The first.</param>
/// <param name="End">The one behind the last.</param>
internal readonly record struct FilterRange(int Begin, int End);
