namespace ConvNetShell.FusedKernels;

/// <summary>
/// Computes a convolution with the max pooling and ReLU after it, forward and backward, one image at a time: its data stay in the
/// processor's nearest cache.
/// </summary>
internal sealed unsafe class FusedConvBlock : IDisposable
{
    private readonly WindowMaximum maximum,
        route;
    private readonly NativeBuffer<ushort> images,
        band,
        pooled,
        gradient;
    private readonly NativeBuffer<short> positions;
    private readonly NativeBuffer<uint> inputPairs,
        gradientPairs;

    /// <param name="shape">The sizes.</param>
    /// <param name="capacity">The most images of a batch.</param>
    /// <param name="isFirst">Whether the input is the data, whose gradient nobody needs.</param>
    /// <param name="memory">Allocates the buffers.</param>
    public FusedConvBlock(FusedConvShape shape, int capacity, bool isFirst, INativeMemory memory)
    {
        (Shape, HasInputGradient) = (shape, !isFirst);
        Code = new FusedConvCode(shape);
        Weights = new FusedConvWeights(shape, Code, HasInputGradient, memory);
        maximum = new WindowMaximum(shape.PoolSize, shape.OutputWidth, shape.Filters, shape.PoolSize, shape.HasRelu);
        route = new WindowMaximum(
            shape.PoolSize,
            shape.OutputWidth,
            shape.Filters,
            shape.PoolSize,
            shape.HasRelu,
            shape.GradientPitch - shape.OutputWidth * shape.Filters
        );
        images = new NativeBuffer<ushort>(capacity * shape.Input, memory);
        positions = new NativeBuffer<short>(capacity * shape.Pooled, memory);
        band = new NativeBuffer<ushort>(shape.PoolSize * shape.OutputWidth * shape.Filters, memory);
        pooled = new NativeBuffer<ushort>(shape.PooledRow, memory);
        gradient = new NativeBuffer<ushort>(shape.OutputHeight * shape.GradientPitch, memory);
        inputPairs = new NativeBuffer<uint>(shape.Input, memory);
        gradientPairs = new NativeBuffer<uint>(shape.OutputHeight * shape.GradientPairs * shape.Filters, memory);
    }

    /// <summary>Gets the sizes.</summary>
    public FusedConvShape Shape { get; }

    /// <summary>Gets the functions that compute it.</summary>
    public FusedConvCode Code { get; }

    /// <summary>Gets the weights and their gradients.</summary>
    public FusedConvWeights Weights { get; }

    /// <summary>Gets a value indicating whether <see cref="Backward"/> computes the gradient of the input.</summary>
    public bool HasInputGradient { get; }

    /// <summary>Returns where to write a row of an image before <see cref="Forward"/>; the padding around it is there already.</summary>
    /// <param name="image">The index of the image in the batch.</param>
    /// <param name="row">The index of the row.</param>
    public Span<ushort> InputRow(int image, int row) =>
        images.Slice(image * Shape.Input + row * Shape.InputPitch + Shape.PaddingColumns * Shape.Channels, Shape.Width * Shape.Channels);

    /// <summary>Computes a row of the output.</summary>
    /// <param name="kernels">The kernels to use.</param>
    /// <param name="image">The index of the image in the batch.</param>
    /// <param name="row">The index of the row.</param>
    /// <param name="target">Receives it.</param>
    public void Forward(IConvKernels kernels, int image, int row, Span<ushort> target)
    {
        ushort* input = images.Start + image * Shape.Input;
        for (int i = 0; i < Shape.PoolSize; i++)
        {
            int top = row * Shape.PoolSize + i - Shape.PaddingRows,
                first = Math.Max(-top, 0),
                end = Math.Min(Shape.KernelHeight, Shape.Height - top);
            PackedFilters filters = Weights.Filters;
            kernels.Forward(
                input + (top + first) * Shape.InputPitch,
                filters.Start + first * filters.RowPairs,
                end - first,
                Weights.Start,
                band.Start + i * Shape.OutputWidth * Shape.Filters
            );
        }
        ushort* values = band.Start;
        if (Shape.HasPoolOrRelu)
        {
            values = pooled.Start;
            maximum.Find(
                new ReadOnlySpan<short>(band.Start, band.Count),
                new Span<short>(values, Shape.PooledRow),
                positions.Slice(image * Shape.Pooled + row * Shape.PooledRow, Shape.PooledRow)
            );
        }
        // the kernels write a vector past the end, and the memory after the target belongs to others
        new ReadOnlySpan<ushort>(values, Shape.PooledRow).CopyTo(target);
    }

    /// <summary>Adds an image's part to the gradients of the weights, and computes the gradient of the image.</summary>
    /// <param name="kernels">The kernels to use.</param>
    /// <param name="image">The index of the image in the batch.</param>
    /// <param name="output">The gradient of the output, with slack behind it.</param>
    /// <param name="input">Receives the gradient of the image, without padding; unused for the first block.</param>
    public void Backward(IConvKernels kernels, int image, ushort* output, ushort* input)
    {
        short* own = positions.Start + image * Shape.Pooled;
        for (int row = 0; row < Shape.PooledHeight; row++)
        {
            var values = new ReadOnlySpan<short>(output + row * Shape.PooledRow, Shape.PooledRow);
            ushort* target = gradient.Start + row * Shape.PoolSize * Shape.GradientPitch + Shape.GradientMargin;
            route.Route(
                values,
                new ReadOnlySpan<short>(own + row * Shape.PooledRow, Shape.PooledRow),
                new Span<short>(target, Shape.PoolSize * Shape.OutputWidth * Shape.Filters)
            );
        }
        BFloat16Rows.AddRouted(output, own, Weights.BiasSums, Shape.PooledHeight * Shape.PooledWidth, Shape.Filters);
        AddFilterGradients(kernels, image);
        for (int row = 0; row < Shape.Height && HasInputGradient; row++)
        {
            int top = row - (Shape.KernelHeight - 1 - Shape.PaddingRows),
                first = Math.Max(-top, 0),
                end = Math.Min(Shape.KernelHeight, Shape.OutputHeight - top);
            PackedFilters filters = Weights.Rotated!;
            kernels.InputGradient(
                gradient.Start + (top + first) * Shape.GradientPitch,
                filters.Start + first * filters.RowPairs,
                end - first,
                Weights.Zeros,
                input + row * Shape.Width * Shape.Channels
            );
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Weights.Dispose();
        images.Dispose();
        band.Dispose();
        pooled.Dispose();
        gradient.Dispose();
        positions.Dispose();
        inputPairs.Dispose();
        gradientPairs.Dispose();
    }

    private void AddFilterGradients(IConvKernels kernels, int image)
    {
        BFloat16Rows.PairAll(images.Start + image * Shape.Input, inputPairs.Start, Shape.Input, Shape.Channels);
        int pitch = Shape.GradientPairs * Shape.Filters;
        for (int row = 0; row < Shape.OutputHeight; row++)
        {
            BFloat16Rows.PairEven(
                gradient.Start + row * Shape.GradientPitch + Shape.GradientMargin,
                gradientPairs.Start + row * pitch,
                Shape.GradientPairs,
                Shape.Filters
            );
        }
        kernels.AddFilterGradients(inputPairs.Start, gradientPairs.Start, Weights.FilterSums);
    }
}
