using System.Numerics;
using System.Runtime.InteropServices;
using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels;

/// <summary>A stack whose numbers are all of one kind.</summary>
/// <typeparam name="T">The bits of a number.</typeparam>
internal sealed unsafe class TypedConvStack<T> : FusedConvStack
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly FusedConvBlock<T>[] blocks;
    private readonly IConvKernels<T>[] fast,
        scalar; // one for each block
    private readonly NativeBuffer<T>[] gradients; // of each block's output, one image
    private readonly bool[] isRight; // whether the fast kernels are, for each image of the batch
    private readonly T[] scratch; // the last block's output for one image

    /// <param name="shapes">The sizes of each block; the output of one is the input of the next.</param>
    /// <param name="capacity">The most images of a batch, 1 or more.</param>
    /// <param name="numbers">The kind of numbers.</param>
    /// <param name="kernels">Creates the kernels of a block.</param>
    /// <param name="memory">Allocates the buffers.</param>
    public TypedConvStack(
        IReadOnlyList<FusedConvShape> shapes,
        int capacity,
        IConvNumbers<T> numbers,
        Func<FusedConvBlock<T>, IConvKernels<T>> kernels,
        INativeMemory memory
    )
        : base(shapes, capacity)
    {
        blocks = [.. shapes.Select((shape, i) => new FusedConvBlock<T>(shape, capacity, isFirst: i == 0, numbers, memory))];
        gradients = [.. shapes.Select(shape => new NativeBuffer<T>(shape.Pooled, memory))];
        fast = [.. blocks.Select(kernels)];
        scalar = [.. blocks.Select(block => new ScalarConvKernels<T>(block.Shape, block.Code, numbers))];
        isRight = new bool[capacity];
        scratch = new T[shapes[^1].Pooled];
    }

    public override void SetWeights(int block, ReadOnlySpan<float> filters, ReadOnlySpan<float> bias)
    {
        Expect(filters.Length, Shapes[block].Weights, nameof(filters));
        Expect(bias.Length, bias.IsEmpty ? 0 : Shapes[block].Filters, nameof(bias));
        blocks[block].SetWeights(filters, bias);
    }

    public override void Forward(ReadOnlySpan<float> images, Span<byte> output)
    {
        FusedConvShape first = Shapes[0],
            last = Shapes[^1];
        int size = first.Height * first.Width * first.Channels,
            count = images.Length / size;
        Span<T> values = MemoryMarshal.Cast<byte, T>(output);
        Expect(images.Length, Math.Min(count, isRight.Length) * size, nameof(images));
        Expect(values.Length, count * last.Pooled, nameof(output));
        for (int image = 0; image < count; image++)
        {
            isRight[image] = blocks[0].Take(image, images.Slice(image * size, size));
            for (int i = 0; i < blocks.Length; i++)
            {
                Forward(i, image, values.Slice(image * last.Pooled, last.Pooled));
            }
        }
    }

    public override void Backward(ReadOnlySpan<byte> gradient)
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(gradient);
        int size = Shapes[^1].Pooled,
            count = values.Length / size;
        Expect(values.Length, Math.Min(count, isRight.Length) * size, nameof(gradient));
        for (int image = 0; image < count; image++)
        {
            values.Slice(image * size, size).CopyTo(gradients[^1].Slice(0, size));
            for (int i = blocks.Length - 1; i >= 0; i--)
            {
                Backward(i, image);
            }
        }
    }

    public override void CopyGradients(int block, Span<float> filters, Span<float> bias)
    {
        Expect(filters.Length, Shapes[block].Weights, nameof(filters));
        Expect(bias.Length, bias.IsEmpty ? 0 : Shapes[block].Filters, nameof(bias));
        blocks[block].Weights.CopyGradients(filters, bias);
    }

    public override void Forward(int block, int image) => Forward(block, image, scratch);

    public override void Backward(int block, int image) =>
        blocks[block].Backward(Kernels(block, image), image, gradients[block].Start, block > 0 ? gradients[block - 1].Start : null);

    public override void Dispose()
    {
        Array.ForEach(fast, kernels => kernels.Dispose());
        Array.ForEach(blocks, block => block.Dispose());
        Array.ForEach(gradients, gradient => gradient.Dispose());
    }

    private static void Expect(int received, int expected, string name)
    {
        if (received != expected)
        {
            throw new ArgumentException($"Expected {expected} numbers. Received: {received}.", name);
        }
    }

    private IConvKernels<T> Kernels(int block, int image) => isRight[image] ? fast[block] : scalar[block];

    private void Forward(int block, int image, Span<T> output)
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
