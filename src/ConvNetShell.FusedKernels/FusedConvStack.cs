using System.Numerics;
using ConvNetShell.FusedKernels.Jit;
using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels;

/// <summary>
/// The convolutions that a network begins with, each with the max pooling and ReLU after it, in bfloat16 or float32, with float32 sums.
/// The kernels are compiled for the sizes, with as many vector lanes as there are filters (libtorch computes 20 filters as if they were
/// 32), and each image passes through all blocks before the next one starts.
/// One thread at a time may use a stack. Numbers are stored pixel by pixel: image, row, pixel, channel.
/// </summary>
public abstract class FusedConvStack : IDisposable
{
    /// <param name="shapes">The sizes of each block; the output of one is the input of the next.</param>
    /// <param name="capacity">The most images of a batch, 1 or more.</param>
    private protected FusedConvStack(IReadOnlyList<FusedConvShape> shapes, int capacity)
    {
        Check(shapes, capacity);
        Shapes = shapes;
    }

    /// <summary>Gets the sizes of each block.</summary>
    public IReadOnlyList<FusedConvShape> Shapes { get; }

    /// <summary>
    /// Creates a stack with compiled kernels. Requires <see cref="CpuFeatures.SupportsFusedKernels"/>, or
    /// <see cref="CpuFeatures.SupportsFusedFloat32"/>.
    /// </summary>
    /// <param name="shapes">The sizes of each block; the output of one is the input of the next.</param>
    /// <param name="capacity">The most images of a batch, 1 or more.</param>
    /// <param name="isReduced">Whether it computes in bfloat16, else in float32.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together or are not supported.</exception>
    /// <exception cref="OutOfMemoryException">The system gives no memory.</exception>
    public static FusedConvStack Create(IReadOnlyList<FusedConvShape> shapes, int capacity, bool isReduced) =>
        isReduced ? Create(shapes, capacity, new BFloat16Numbers()) : Create(shapes, capacity, new Float32Numbers());

    /// <summary>
    /// Creates a stack with plain loops: slow, for any processor. It is the reference that the compiled kernels are tested against.
    /// </summary>
    /// <param name="shapes">The sizes of each block; the output of one is the input of the next.</param>
    /// <param name="capacity">The most images of a batch, 1 or more.</param>
    /// <param name="isReduced">Whether it computes in bfloat16, else in float32.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together or are not supported.</exception>
    public static FusedConvStack CreateReference(IReadOnlyList<FusedConvShape> shapes, int capacity, bool isReduced) =>
        isReduced ? CreateReference(shapes, capacity, new BFloat16Numbers()) : CreateReference(shapes, capacity, new Float32Numbers());

    /// <summary>Sets the weights of a block and clears its gradients. Call it before each batch.</summary>
    /// <param name="block">The index of the block.</param>
    /// <param name="filters">The filters: filter, row, pixel, channel.</param>
    /// <param name="bias">One value a filter, or empty for none.</param>
    public abstract void SetWeights(int block, ReadOnlySpan<float> filters, ReadOnlySpan<float> bias);

    /// <summary>Computes the output of a batch.</summary>
    /// <param name="images">The images, float32.</param>
    /// <param name="output">Receives the output of the last block, bfloat16 or float32.</param>
    public abstract void Forward(ReadOnlySpan<float> images, Span<byte> output);

    /// <summary>
    /// Adds the gradients of the weights for the batch of the last <see cref="Forward(ReadOnlySpan{float}, Span{byte})"/>.
    /// </summary>
    /// <param name="gradient">The gradient of its output, bfloat16 or float32.</param>
    public abstract void Backward(ReadOnlySpan<byte> gradient);

    /// <summary>Copies the gradients of a block's weights.</summary>
    /// <param name="block">The index of the block.</param>
    /// <param name="filters">Receives those of the filters: filter, row, pixel, channel.</param>
    /// <param name="bias">Receives those of the biases, or empty for none.</param>
    public abstract void CopyGradients(int block, Span<float> filters, Span<float> bias);

    /// <summary>Computes one block for one image of the last batch again, to measure its time.</summary>
    /// <param name="block">The index of the block.</param>
    /// <param name="image">The index of the image.</param>
    public abstract void Forward(int block, int image);

    /// <summary>Computes the gradients of one block for one image of the last batch again, to measure its time.</summary>
    /// <param name="block">The index of the block.</param>
    /// <param name="image">The index of the image.</param>
    public abstract void Backward(int block, int image);

    /// <inheritdoc />
    public abstract void Dispose();

    private static TypedConvStack<T> Create<T>(IReadOnlyList<FusedConvShape> shapes, int capacity, IConvNumbers<T> numbers)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        new(
            shapes,
            capacity,
            numbers,
            block => new JitConvKernels<T>(block.Shape, block.Code, block.HasInputGradient, JitCache.Shared.Rent),
            new AlignedMemory()
        );

    private static TypedConvStack<T> CreateReference<T>(IReadOnlyList<FusedConvShape> shapes, int capacity, IConvNumbers<T> numbers)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        new(shapes, capacity, numbers, block => new ScalarConvKernels<T>(block.Shape, block.Code, numbers), new AlignedMemory());

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
}
