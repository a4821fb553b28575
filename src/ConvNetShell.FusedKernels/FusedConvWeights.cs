using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels;

/// <summary>The weights of a convolution as the kernels read them, and the gradients they add up.</summary>
internal sealed unsafe class FusedConvWeights : IDisposable
{
    private readonly FusedConvShape shape;
    private readonly FusedConvCode code;
    private readonly NativeBuffer<float> start,
        zeros,
        biasSums,
        filterSums;

    /// <param name="shape">The convolution.</param>
    /// <param name="code">Its functions.</param>
    /// <param name="hasInputGradient">Whether the gradient of the input is computed.</param>
    /// <param name="memory">Allocates the buffers.</param>
    public FusedConvWeights(FusedConvShape shape, FusedConvCode code, bool hasInputGradient, INativeMemory memory)
    {
        (this.shape, this.code) = (shape, code);
        Filters = new PackedFilters(code.Forward, shape.KernelHeight, Index, memory);
        Rotated = !hasInputGradient
            ? null
            : new PackedFilters(
                code.InputGradient,
                shape.KernelHeight,
                (channel, row, pixel, filter) => Index(filter, shape.KernelHeight - 1 - row, shape.KernelWidth - 1 - pixel, channel),
                memory
            );
        start = new NativeBuffer<float>(code.Forward.Lanes, memory);
        zeros = new NativeBuffer<float>(code.InputGradient.Lanes, memory);
        biasSums = new NativeBuffer<float>(shape.Filters, memory);
        filterSums = new NativeBuffer<float>(shape.Filters * code.FilterLanes, memory);
    }

    /// <summary>Gets the filters.</summary>
    public PackedFilters Filters { get; }

    /// <summary>
    /// Gets the filters turned by 180 degrees, channels and filters exchanged, for the gradient of the input; null without one.
    /// </summary>
    public PackedFilters? Rotated { get; }

    /// <summary>Gets the initial values of the output's sums: the biases.</summary>
    public float* Start => start.Start;

    /// <summary>Gets the initial values of the input gradient's sums: zeros.</summary>
    public float* Zeros => zeros.Start;

    /// <summary>Gets the gradients of the biases.</summary>
    public float* BiasSums => biasSums.Start;

    /// <summary>Gets the gradients of the filters.</summary>
    public float* FilterSums => filterSums.Start;

    /// <summary>Sets the weights and clears the gradients.</summary>
    /// <param name="filters">The filters: filter, row, pixel, channel.</param>
    /// <param name="bias">One value a filter, or empty for none.</param>
    /// <param name="numbers">Rounds them.</param>
    public void Set<T>(ReadOnlySpan<float> filters, ReadOnlySpan<float> bias, IConvNumbers<T> numbers)
        where T : unmanaged
    {
        Filters.Pack(filters, numbers);
        Rotated?.Pack(filters, numbers);
        bias.CopyTo(start.Slice(0, shape.Filters));
        biasSums.Slice(0, biasSums.Count).Clear();
        filterSums.Slice(0, filterSums.Count).Clear();
    }

    /// <summary>Copies the gradients out.</summary>
    /// <param name="filters">Receives those of the filters: filter, row, pixel, channel.</param>
    /// <param name="bias">Receives those of the biases, or empty.</param>
    public void CopyGradients(Span<float> filters, Span<float> bias)
    {
        for (int row = 0; row < shape.Filters * shape.KernelHeight; row++)
        {
            filterSums.Slice(row * code.RowLanes, shape.FilterRow).CopyTo(filters[(row * shape.FilterRow)..]);
        }
        biasSums.Slice(0, bias.Length).CopyTo(bias);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Filters.Dispose();
        Rotated?.Dispose();
        start.Dispose();
        zeros.Dispose();
        biasSums.Dispose();
        filterSums.Dispose();
    }

    private int Index(int filter, int row, int pixel, int channel) =>
        ((filter * shape.KernelHeight + row) * shape.KernelWidth + pixel) * shape.Channels + channel;
}
