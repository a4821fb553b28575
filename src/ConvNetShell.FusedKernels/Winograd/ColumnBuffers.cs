namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>The addresses of the memory that a convolution by columns works in.</summary>
/// <param name="Windows">The numbers of some windows.</param>
/// <param name="Slopes">The gradients of some outputs.</param>
/// <param name="Sums">What products give.</param>
/// <param name="Filters">All filters, in panels.</param>
/// <param name="Gradients">The gradients of all filters, in panels.</param>
internal readonly record struct ColumnBuffers(nint Windows, nint Slopes, nint Sums, nint Filters, nint Gradients);
