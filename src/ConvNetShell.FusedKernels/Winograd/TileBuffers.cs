namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>Where the transformed tiles of some images and of their outputs are, and the filters between them.</summary>
/// <param name="Tiles">How many tiles are computed at a time.</param>
/// <param name="Inputs">The address of the tiles of the images.</param>
/// <param name="InputStep">The numbers from a point of them to the next.</param>
/// <param name="Sums">The address of the sums of products, which become the outputs, or of their gradients.</param>
/// <param name="SumStep">The numbers from a point of them to the next.</param>
/// <param name="Filters">The address of the filters.</param>
/// <param name="FilterStep">The numbers from a point of them to the next.</param>
internal readonly record struct TileBuffers(int Tiles, nint Inputs, nint InputStep, nint Sums, nint SumStep, nint Filters, nint FilterStep)
{
    /// <summary>Returns those of the convolution from the outputs' gradients to those of the images.</summary>
    public TileBuffers Transposed() => this with { Inputs = Sums, InputStep = SumStep, Sums = Inputs, SumStep = InputStep };
}
