namespace ConvNetShell.FusedKernels;

/// <summary>
/// The three inner loops of a convolution, on bfloat16 with float32 sums. Addresses point into buffers laid out as
/// <see cref="FusedConvShape"/> says.
/// </summary>
internal unsafe interface IConvKernels : IDisposable
{
    /// <summary>Computes one row of the output.</summary>
    /// <param name="input">The first input row that the filters meet.</param>
    /// <param name="filters">The packed filters, from the row that meets it.</param>
    /// <param name="rows">How many filter rows.</param>
    /// <param name="start">The sums' initial values: the biases.</param>
    /// <param name="output">Receives the row; up to a vector more may be written.</param>
    void Forward(ushort* input, uint* filters, int rows, float* start, ushort* output);

    /// <summary>Computes one row of the input's gradient.</summary>
    /// <param name="gradient">The first row of the output's gradient that the rotated filters meet.</param>
    /// <param name="filters">The packed rotated filters, from the row that meets it.</param>
    /// <param name="rows">How many filter rows.</param>
    /// <param name="start">The sums' initial values: zeros.</param>
    /// <param name="output">Receives the row; up to a vector more may be written.</param>
    void InputGradient(ushort* gradient, uint* filters, int rows, float* start, ushort* output);

    /// <summary>Adds one image's part to the gradients of the filters.</summary>
    /// <param name="input">The image, each value paired with the one a pixel later.</param>
    /// <param name="gradient">The output's gradient, pixel pairs.</param>
    /// <param name="sums">The gradients: filter, row, lanes.</param>
    void AddFilterGradients(uint* input, uint* gradient, float* sums);
}
