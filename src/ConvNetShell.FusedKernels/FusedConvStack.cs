using ConvNetShell.FusedKernels.Jit;

namespace ConvNetShell.FusedKernels;

/// <summary>
/// The convolutions that a network begins with, each with the max pooling and ReLU after it, in bfloat16 with float32 sums. The kernels are
/// compiled for the sizes, with as
/// many vector lanes as there are filters (libtorch computes 20 filters as if they were 32), and each image passes through all blocks
/// before the next one starts.
/// One thread at a time may use a stack. Numbers are stored pixel by pixel: image, row, pixel, channel; those of bfloat16 as their 16 bits.
/// </summary>
public sealed unsafe class FusedConvStack : IDisposable
{
    private readonly FusedConvBlock[] blocks;
    private readonly IConvKernels[] fast,
        scalar; // one for each block
    private readonly NativeBuffer<ushort>[] gradients; // of each block's output, one image
    private readonly bool[] isFinite; // of each image of the batch
    private readonly ushort[] scratch; // the last block's output for one image

    internal FusedConvStack(
        IReadOnlyList<FusedConvShape> shapes,
        int capacity,
        Func<FusedConvBlock, IConvKernels> kernels,
        INativeMemory memory
    )
    {
        Check(shapes, capacity);
        Shapes = shapes;
        blocks = [.. shapes.Select((shape, i) => new FusedConvBlock(shape, capacity, isFirst: i == 0, memory))];
        gradients = [.. shapes.Select(shape => new NativeBuffer<ushort>(shape.Pooled, memory))];
        fast = [.. blocks.Select(kernels)];
        scalar = [.. blocks.Select(CreateScalarKernels)];
        isFinite = new bool[capacity];
        scratch = new ushort[shapes[^1].Pooled];
    }

    /// <summary>Gets the sizes of each block.</summary>
    public IReadOnlyList<FusedConvShape> Shapes { get; }

    /// <summary>Creates a stack with compiled kernels. Requires <see cref="CpuFeatures.SupportsFusedKernels"/>.</summary>
    /// <param name="shapes">The sizes of each block; the output of one is the input of the next.</param>
    /// <param name="capacity">The most images of a batch, 1 or more.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together or are not supported.</exception>
    /// <exception cref="OutOfMemoryException">The system gives no memory.</exception>
    public static FusedConvStack Create(IReadOnlyList<FusedConvShape> shapes, int capacity) =>
        new(
            shapes,
            capacity,
            block => new JitConvKernels(block.Shape, block.Code, block.HasInputGradient, JitCache.Shared.Rent),
            new AlignedMemory()
        );

    /// <summary>
    /// Creates a stack with plain loops: slow, for any processor. It is the reference that the compiled kernels are tested against.
    /// </summary>
    /// <param name="shapes">The sizes of each block; the output of one is the input of the next.</param>
    /// <param name="capacity">The most images of a batch, 1 or more.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together or are not supported.</exception>
    public static FusedConvStack CreateReference(IReadOnlyList<FusedConvShape> shapes, int capacity) =>
        new(shapes, capacity, CreateScalarKernels, new AlignedMemory());

    /// <summary>Sets the weights of a block and clears its gradients. Call it before each batch.</summary>
    /// <param name="block">The index of the block.</param>
    /// <param name="filters">The filters: filter, row, pixel, channel.</param>
    /// <param name="bias">One value a filter, or empty for none.</param>
    public void SetWeights(int block, ReadOnlySpan<float> filters, ReadOnlySpan<float> bias)
    {
        Expect(filters.Length, Shapes[block].Weights, nameof(filters));
        Expect(bias.Length, bias.IsEmpty ? 0 : Shapes[block].Filters, nameof(bias));
        blocks[block].Weights.Set(filters, bias);
    }

    /// <summary>Computes the output of a batch.</summary>
    /// <param name="images">The images, float32.</param>
    /// <param name="output">Receives the output of the last block, bfloat16.</param>
    public void Forward(ReadOnlySpan<float> images, Span<ushort> output)
    {
        FusedConvShape first = Shapes[0],
            last = Shapes[^1];
        int row = first.Width * first.Channels,
            size = first.Height * row,
            count = images.Length / size;
        Expect(images.Length, Math.Min(count, isFinite.Length) * size, nameof(images));
        Expect(output.Length, count * last.Pooled, nameof(output));
        for (int image = 0; image < count; image++)
        {
            isFinite[image] = true;
            for (int y = 0; y < first.Height; y++)
            {
                fixed (ushort* target = blocks[0].InputRow(image, y))
                {
                    isFinite[image] &= BFloat16Rows.Round(images.Slice(image * size + y * row, row), target);
                }
            }
            for (int i = 0; i < blocks.Length; i++)
            {
                Forward(i, image, output.Slice(image * last.Pooled, last.Pooled));
            }
        }
    }

    /// <summary>
    /// Adds the gradients of the weights for the batch of the last <see cref="Forward(ReadOnlySpan{float}, Span{ushort})"/>.
    /// </summary>
    /// <param name="gradient">The gradient of its output, bfloat16.</param>
    public void Backward(ReadOnlySpan<ushort> gradient)
    {
        int size = Shapes[^1].Pooled,
            count = gradient.Length / size;
        Expect(gradient.Length, Math.Min(count, isFinite.Length) * size, nameof(gradient));
        for (int image = 0; image < count; image++)
        {
            gradient.Slice(image * size, size).CopyTo(gradients[^1].Slice(0, size));
            for (int i = blocks.Length - 1; i >= 0; i--)
            {
                Backward(i, image);
            }
        }
    }

    /// <summary>Copies the gradients of a block's weights.</summary>
    /// <param name="block">The index of the block.</param>
    /// <param name="filters">Receives those of the filters: filter, row, pixel, channel.</param>
    /// <param name="bias">Receives those of the biases, or empty for none.</param>
    public void CopyGradients(int block, Span<float> filters, Span<float> bias)
    {
        Expect(filters.Length, Shapes[block].Weights, nameof(filters));
        Expect(bias.Length, bias.IsEmpty ? 0 : Shapes[block].Filters, nameof(bias));
        blocks[block].Weights.CopyGradients(filters, bias);
    }

    /// <summary>Computes one block for one image of the last batch again, to measure its time.</summary>
    /// <param name="block">The index of the block.</param>
    /// <param name="image">The index of the image.</param>
    public void Forward(int block, int image) => Forward(block, image, scratch);

    /// <summary>Computes the gradients of one block for one image of the last batch again, to measure its time.</summary>
    /// <param name="block">The index of the block.</param>
    /// <param name="image">The index of the image.</param>
    public void Backward(int block, int image) =>
        blocks[block].Backward(Kernels(block, image), image, gradients[block].Start, block > 0 ? gradients[block - 1].Start : null);

    /// <inheritdoc />
    public void Dispose()
    {
        Array.ForEach(fast, kernels => kernels.Dispose());
        Array.ForEach(blocks, block => block.Dispose());
        Array.ForEach(gradients, gradient => gradient.Dispose());
    }

    private static ScalarConvKernels CreateScalarKernels(FusedConvBlock block) => new(block.Shape, block.Code);

    private static void Check(IReadOnlyList<FusedConvShape> shapes, int capacity)
    {
        if (shapes.Count == 0 || shapes.Any(shape => !shape.IsSupported(capacity)))
        {
            throw new ArgumentException(
                $"Expected one or more supported shapes. Received: {string.Join(", ", shapes)} for {capacity} images.",
                nameof(shapes)
            );
        }
        foreach ((FusedConvShape shape, FusedConvShape next) in shapes.Zip(shapes.Skip(1)))
        {
            if ((next.Channels, next.Height, next.Width) != (shape.Filters, shape.PooledHeight, shape.PooledWidth))
            {
                throw new ArgumentException(
                    $"Expected the output of a block as the input of the next. Received: {shape}, then {next}.",
                    nameof(shapes)
                );
            }
        }
    }

    private static void Expect(int received, int expected, string name)
    {
        if (received != expected)
        {
            throw new ArgumentException($"Expected {expected} numbers. Received: {received}.", name);
        }
    }

    private IConvKernels Kernels(int block, int image) => isFinite[image] ? fast[block] : scalar[block];

    private void Forward(int block, int image, Span<ushort> output)
    {
        FusedConvShape shape = Shapes[block];
        for (int y = 0; y < shape.PooledHeight; y++)
        {
            blocks[block]
                .Forward(
                    Kernels(block, image),
                    image,
                    y,
                    block + 1 < blocks.Length ? blocks[block + 1].InputRow(image, y) : output.Slice(y * shape.PooledRow, shape.PooledRow)
                );
        }
    }
}
