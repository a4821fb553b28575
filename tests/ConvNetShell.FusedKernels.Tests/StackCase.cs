using System.Runtime.InteropServices;
using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>
/// A stack with weights, images and output gradients of small whole numbers, few of them not zero, so that every sum is exact in bfloat16
/// too: any number in the wrong
/// position shows. All buffers, those of the caller too, lie between guard pages.
/// </summary>
internal sealed class StackCase(IReadOnlyList<FusedConvShape> shapes, bool hasBias, int seed)
{
    private const int Exact = 256; // whole numbers up to this are bfloat16
    private const int Half = 16;
    private const int Count = 2; // images
    private readonly Random random = new(seed);

    /// <summary>Gets the numbers to write over the first image, by index.</summary>
    public Dictionary<int, float> Special { get; } = [];

    public void Check(Kernels kernels)
    {
        FusedConvShape first = shapes[0],
            last = shapes[^1];
        float[][] filters = [.. shapes.Select(shape => Whole(shape.Weights, Density(shape)))];
        float[][] biases = [.. shapes.Select(shape => hasBias ? Whole(shape.Filters, 0.5) : [])];
        float[] images = Whole(Count * first.Height * first.Width * first.Channels, 0.3),
            slopes = Whole(Count * last.Pooled, 0.3);
        foreach ((int index, float number) in Special)
        {
            images[index] = number;
        }
        using var memory = new GuardedMemory(isAtEnd: seed % 2 == 0);
        using (FusedConvStack stack = kernels.Create(shapes, Count, memory))
        {
            bool isReduced = kernels.IsReduced();
            Span<byte> output = memory.Numbers<byte>(slopes.Length * (isReduced ? sizeof(short) : sizeof(float)));
            for (int repeat = 0; repeat < 2; repeat++) // nothing of the first batch may be left
            {
                for (int i = 0; i < shapes.Count; i++)
                {
                    stack.SetWeights(i, memory.Copy<float>(filters[i]), memory.Copy<float>(biases[i]));
                }
                stack.Forward(memory.Copy<float>(repeat == 0 ? [.. images.Reverse()] : images), output);
                stack.Backward(memory.Copy<byte>(isReduced ? Bytes<ushort>([.. slopes.Select(BFloat16Rows.Round)]) : Bytes<float>(slopes)));
            }
            double[] expected = Expect(images, slopes, filters, biases, out double[][] filterSums, out double[][] biasSums);
            Equal(
                expected,
                isReduced ? Widened(MemoryMarshal.Cast<byte, ushort>(output)) : MemoryMarshal.Cast<byte, float>(output),
                "output"
            );
            for (int i = 0; i < shapes.Count; i++)
            {
                Span<float> filterGradients = memory.Numbers<float>(filters[i].Length),
                    biasGradients = memory.Numbers<float>(biases[i].Length);
                stack.CopyGradients(i, filterGradients, biasGradients);
                Equal(filterSums[i], filterGradients, $"gradient of the filters {i}");
                Equal(biasSums[i][..biases[i].Length], biasGradients, $"gradient of the biases {i}");
            }
        }
    }

    private static byte[] Bytes<T>(T[] numbers)
        where T : unmanaged => MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();

    private static float[] Widened(Span<ushort> numbers) =>
        Array.ConvertAll(numbers.ToArray(), bits => BitConverter.UInt32BitsToSingle((uint)bits << Half));

    private static double Density(FusedConvShape shape) => Math.Min(0.5, 8.0 / (shape.KernelHeight * shape.FilterRow) + 0.05);

    private static void Equal(double[] expected, ReadOnlySpan<float> received, string what)
    {
        Assert.Equal(expected.Length, received.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                expected[i].Equals(received[i]) || expected[i] == received[i],
                $"Expected {expected[i]} at {i} of the {what}. Received: {received[i]}."
            ); // both zeros are equal
        }
    }

    private double[] Expect(
        float[] images,
        float[] slopes,
        float[][] filters,
        float[][] biases,
        out double[][] filterSums,
        out double[][] biasSums
    )
    {
        ReferenceConvolution[] blocks = [.. shapes.Select(shape => new ReferenceConvolution(shape))];
        double[][] weights = [.. filters.Select(Doubles)];
        filterSums = [.. filters.Select(filter => new double[filter.Length])];
        biasSums = [.. shapes.Select(shape => new double[shape.Filters])];
        var output = new List<double>();
        foreach ((float[] image, float[] slope) in images.Chunk(images.Length / Count).Zip(slopes.Chunk(slopes.Length / Count)))
        {
            var inputs = new List<double[]> { Doubles(image) };
            var origins = new List<int[]>();
            for (int i = 0; i < blocks.Length; i++)
            {
                (double[] values, int[] from) = blocks[i].Pool(blocks[i].Convolve(inputs[i], weights[i], Doubles(biases[i])));
                Assert.DoesNotContain(values, value => double.IsFinite(value) && Math.Abs(value) > Exact);
                inputs.Add(values);
                origins.Add(from);
            }
            output.AddRange(inputs[^1]);
            double[] gradient = Doubles(slope);
            for (int i = blocks.Length - 1; i >= 0; i--)
            {
                gradient = blocks[i].Backward(inputs[i], weights[i], gradient, origins[i], filterSums[i], biasSums[i]);
                Assert.DoesNotContain(gradient, value => i > 0 && Math.Abs(value) > Exact);
            }
        }
        return [.. output];
    }

    private static double[] Doubles(float[] numbers) => Array.ConvertAll(numbers, number => (double)number);

    private float[] Whole(int count, double density)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = random.NextDouble() < density ? random.Next(2) * 2 - 1 : 0;
        }
        return numbers;
    }
}
