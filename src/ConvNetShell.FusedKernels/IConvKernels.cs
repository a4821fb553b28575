namespace ConvNetShell.FusedKernels;

/// <summary>
/// The three inner loops of a convolution, with float32 sums. Addresses point into buffers laid out as
/// <see cref="FusedConvShape"/> says.
/// </summary>
/// <typeparam name="T">The bits of a number.</typeparam>
internal unsafe interface IConvKernels<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Computes one row of the output.</summary>
    /// <param name="input">The first input row that the filters meet.</param>
    /// <param name="filters">The packed filters, from the row that meets it.</param>
    /// <param name="rows">How many filter rows.</param>
    /// <param name="start">The sums' initial values: the biases.</param>
    /// <param name="output">Receives the row; up to a vector more may be written.</param>
    void Forward(T* input, uint* filters, int rows, float* start, T* output);

    /// <summary>Computes one row of the input's gradient.</summary>
    /// <param name="gradient">The first row of the output's gradient that the rotated filters meet.</param>
    /// <param name="filters">The packed rotated filters, from the row that meets it.</param>
    /// <param name="rows">How many filter rows.</param>
    /// <param name="start">The sums' initial values: zeros.</param>
    /// <param name="output">Receives the row; up to a vector more may be written.</param>
    void InputGradient(T* gradient, uint* filters, int rows, float* start, T* output);

    /// <summary>Adds one image's part to the gradients of the filters.</summary>
    /// <param name="input">The image, a lane for each value: with the one a pixel later where lanes have two.</param>
    /// <param name="gradient">The output's gradient, a lane for each pixel or each two.</param>
    /// <param name="sums">The gradients: filter, row, lanes.</param>
    void AddFilterGradients(uint* input, uint* gradient, float* sums);
}
