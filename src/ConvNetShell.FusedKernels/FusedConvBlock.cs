using System.Numerics;
using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels;

/// <summary>
/// Computes a convolution with the max pooling and ReLU after it, forward and backward, one image at a time: its data stay in the
/// processor's nearest cache.
/// </summary>
/// <typeparam name="T">The bits of a number.</typeparam>
internal sealed unsafe class FusedConvBlock<T> : IDisposable
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly IConvNumbers<T> numbers;
    private readonly IWindows<T> maximum,
        route;
    private readonly NativeBuffer<T> images,
        band,
        pooled,
        gradient,
        positions;
    private readonly NativeBuffer<uint> inputPairs,
        gradientPairs;

    /// <param name="shape">The sizes.</param>
    /// <param name="capacity">The most images of a batch.</param>
    /// <param name="isFirst">Whether the input is the data, whose gradient nobody needs.</param>
    /// <param name="numbers">The kind of numbers.</param>
    /// <param name="memory">Allocates the buffers.</param>
    public FusedConvBlock(FusedConvShape shape, int capacity, bool isFirst, IConvNumbers<T> numbers, INativeMemory memory)
    {
        (Shape, HasInputGradient, this.numbers) = (shape, !isFirst, numbers);
        Code = new FusedConvCode(shape, numbers.Packed);
        Weights = new FusedConvWeights(shape, Code, HasInputGradient, memory);
        var windows = new WindowShape(
            shape.PoolRows,
            shape.OutputWidth,
            shape.Filters,
            shape.PoolRows,
            shape.PoolColumns,
            shape.HasRelu,
            Gap: 0
        );
        maximum = numbers.Windows(windows);
        route = numbers.Windows(windows with { Gap = shape.GradientPitch - shape.OutputWidth * shape.Filters });
        images = new NativeBuffer<T>(capacity * shape.Input, memory);
        positions = new NativeBuffer<T>(capacity * shape.Pooled, memory);
        band = new NativeBuffer<T>(shape.PoolRows * shape.OutputWidth * shape.Filters, memory);
        pooled = new NativeBuffer<T>(shape.PooledRow, memory);
        gradient = new NativeBuffer<T>(shape.OutputHeight * shape.GradientPitch, memory);
        inputPairs = new NativeBuffer<uint>(numbers.Packed > 1 ? shape.Input : 0, memory);
        gradientPairs = new NativeBuffer<uint>(numbers.Packed > 1 ? shape.OutputHeight * Code.GradientPitch : 0, memory);
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
    public Span<T> InputRow(int image, int row) =>
        images.Slice(image * Shape.Input + row * Shape.InputPitch + Shape.PaddingColumns * Shape.Channels, Shape.Width * Shape.Channels);

    /// <summary>Computes a row of the output.</summary>
    /// <param name="kernels">The kernels to use.</param>
    /// <param name="image">The index of the image in the batch.</param>
    /// <param name="row">The index of the row.</param>
    /// <param name="target">Receives it.</param>
    public void Forward(IConvKernels<T> kernels, int image, int row, Span<T> target)
    {
        T* input = images.Start + image * Shape.Input;
        for (int i = 0; i < Shape.PoolRows; i++)
        {
            int top = row * Shape.PoolRows + i - Shape.PaddingRows,
                first = Math.Max(-top, 0),
                end = Math.Min(Shape.KernelHeight, Shape.Height - top);
            PackedFilters filters = Weights.Filters;
            kernels.Forward(
                input + (top + first) * Shape.InputPitch,
                filters.Start + first * filters.Row,
                end - first,
                Weights.Start,
                band.Start + i * Shape.OutputWidth * Shape.Filters
            );
        }
        T* values = band.Start;
        if (Shape.HasPoolOrRelu)
        {
            values = pooled.Start;
            maximum.Find(
                new ReadOnlySpan<T>(band.Start, band.Count),
                new Span<T>(values, Shape.PooledRow),
                positions.Slice(image * Shape.Pooled + row * Shape.PooledRow, Shape.PooledRow)
            );
        }
        // the kernels write a vector past the end, and the memory after the target belongs to others
        new ReadOnlySpan<T>(values, Shape.PooledRow).CopyTo(target);
    }

    /// <summary>Adds an image's part to the gradients of the weights, and computes the gradient of the image.</summary>
    /// <param name="kernels">The kernels to use.</param>
    /// <param name="image">The index of the image in the batch.</param>
    /// <param name="output">The gradient of the output, with slack behind it.</param>
    /// <param name="input">Receives the gradient of the image, without padding; unused for the first block.</param>
    public void Backward(IConvKernels<T> kernels, int image, T* output, T* input)
    {
        T* own = positions.Start + image * Shape.Pooled;
        for (int row = 0; row < Shape.PooledHeight; row++)
        {
            var values = new ReadOnlySpan<T>(output + row * Shape.PooledRow, Shape.PooledRow);
            T* target = gradient.Start + row * Shape.PoolRows * Shape.GradientPitch + Shape.GradientMargin;
            route.Route(
                values,
                new ReadOnlySpan<T>(own + row * Shape.PooledRow, Shape.PooledRow),
                new Span<T>(target, Shape.PoolRows * Shape.OutputWidth * Shape.Filters)
            );
        }
        numbers.AddRouted(output, own, Weights.BiasSums, Shape.PooledHeight * Shape.PooledWidth, Shape.Filters);
        AddFilterGradients(kernels, image);
        for (int row = 0; row < Shape.Height && HasInputGradient; row++)
        {
            int top = row - (Shape.KernelHeight - 1 - Shape.PaddingRows),
                first = Math.Max(-top, 0),
                end = Math.Min(Shape.KernelHeight, Shape.OutputHeight - top);
            PackedFilters filters = Weights.Rotated!;
            kernels.InputGradient(
                gradient.Start + (top + first) * Shape.GradientPitch,
                filters.Start + first * filters.Row,
                end - first,
                Weights.Zeros,
                input + row * Shape.Width * Shape.Channels
            );
        }
    }

    /// <summary>Sets the weights and clears the gradients.</summary>
    /// <param name="filters">The filters: filter, row, pixel, channel.</param>
    /// <param name="bias">One value a filter, or empty for none.</param>
    public void SetWeights(ReadOnlySpan<float> filters, ReadOnlySpan<float> bias) => Weights.Set(filters, bias, numbers);

    /// <summary>Takes over an image.</summary>
    /// <param name="image">The index of the image in the batch.</param>
    /// <param name="values">Its values: row, pixel, channel.</param>
    /// <returns>Whether compiled kernels are right for it.</returns>
    public bool Take(int image, ReadOnlySpan<float> values)
    {
        bool isRight = true;
        int length = Shape.Width * Shape.Channels;
        for (int row = 0; row < Shape.Height; row++)
        {
            fixed (T* target = InputRow(image, row))
            {
                isRight &= numbers.Take(values.Slice(row * length, length), target);
            }
        }
        return isRight;
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

    private void AddFilterGradients(IConvKernels<T> kernels, int image)
    {
        uint* input = numbers.PairAll(images.Start + image * Shape.Input, inputPairs.Start, Shape.Input, Shape.Channels),
            output = numbers.PairEven(
                gradient.Start + Shape.GradientMargin,
                gradientPairs.Start,
                Shape.OutputHeight,
                Shape.GradientPitch,
                Shape.GradientPairs,
                Shape.Filters
            );
        kernels.AddFilterGradients(input, output, Weights.FilterSums);
    }
}
