using ConvNetShell.FusedKernels.Chains;
using ConvNetShell.FusedKernels.Normalization;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>Convolutions with what is around them, against one step after the other.</summary>
public sealed unsafe class NormalizedConvolutionTests
{
    private const double Tolerance = 1e-5; // of the largest number: sums in another order
    private const int Seed = 815;

    public NormalizedConvolutionTests() =>
        Assert.SkipUnless(WinogradConvolution.IsSupported, "This processor lacks AVX-512; libtorch convolves there.");

    public static TheoryData<WinogradShape, int, NormActivation?, int, int> Cases =>
        new()
        {
            { new(16, 32, 32, 16, 1, 1), 5, NormActivation.Relu, 1, 1 }, // several groups of images
            { new(16, 32, 32, 16, 1, 1), 5, null, 2, 2 },
            { new(20, 7, 9, 33, 0, 1), 3, NormActivation.Gelu, 1, 1 }, // numbers that fill no vector
            { new(17, 7, 9, 32, 1, 1), 3, NormActivation.Gelu, 2, 2 }, // rows and columns that the windows leave out
            { new(64, 8, 8, 48, 1, 1), 70, NormActivation.None, 2, 4 },
            { new(24, 31, 31, 64, 1, 1), 3, NormActivation.Relu, 2, 2 },
            { new(3, 3, 3, 5, 1, 1), 700, NormActivation.Relu, 1, 1 },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Results_are_those_of_one_step_after_the_other(
        WinogradShape shape,
        int count,
        NormActivation? activation,
        int poolRows,
        int poolColumns
    )
    {
        var random = new Random(Seed);
        int size = shape.Height * shape.Width * shape.Channels,
            rows = shape.OutputHeight / poolRows,
            columns = shape.OutputWidth / poolColumns,
            result = rows * columns * shape.Filters;
        float[] images = Draw(count * size),
            filters = Draw(shape.Filters * 9 * shape.Channels),
            given = Draw(count * result),
            others = Draw(count * size);
        FusedBatchNorm? before = activation is { } kind ? Norm(images, shape.Channels, kind) : null;
        using var plain = new KernelScratch();
        Steps steps = new(shape, count, poolRows, poolColumns, plain);
        float[] normalized = steps.Normalize(images, before),
            convolved = steps.Convolve(normalized, filters);
        (float[] outputs, int[] positions) = steps.Pool(convolved);
        FusedBatchNorm after = Norm(outputs, shape.Filters, NormActivation.None);
        BatchNormGradients slopes = after.InputGradients(Sum(after, outputs, given));
        (float[] inputGradient, float[] filterGradient) = steps.Return(normalized, filters, outputs, given, positions, slopes);
        float[] wanted = [.. inputGradient.Zip(before is null ? others : new float[others.Length], (own, other) => own + other)];
        BatchNormSums? sums = before is null ? null : Sum(before, images, wanted, returns: true);
        foreach (bool isAtEnd in new[] { false, true })
        {
            using var memory = new GuardedMemory(isAtEnd);
            using (var scratch = new KernelScratch(memory))
            {
                var kernels = new NormalizedConvolution(shape, scratch, poolRows, poolColumns, isReversed: isAtEnd);
                fixed (
                    float* x = memory.Copy<float>(images),
                        w = memory.Copy<float>(filters),
                        dy = memory.Copy<float>(given),
                        more = memory.Copy<float>(others),
                        y = memory.Numbers<float>(outputs.Length),
                        dx = memory.Numbers<float>(images.Length),
                        dw = memory.Numbers<float>(filters.Length)
                )
                fixed (int* at = memory.Numbers<int>(outputs.Length))
                {
                    ChannelMoments moments = kernels.Forward(x, before, count, w, y, at);
                    BatchNormSums? got = kernels.Backward(
                        new ChainGradients(x, before, y, slopes, dy, w)
                        {
                            Positions = at,
                            InputGradient = dx,
                            FilterGradient = dw,
                            Added = before is null ? more : null,
                        },
                        count
                    );
                    Assert.Equal(outputs, new Span<float>(y, outputs.Length).ToArray());
                    Assert.Equal(steps.Pools ? positions : [], new Span<int>(at, steps.Pools ? positions.Length : 0).ToArray());
                    AssertClose(Measure(outputs, shape.Filters).Means, moments.Means);
                    AssertClose(Measure(outputs, shape.Filters).Squares, moments.Squares);
                    Assert.Equal(wanted, new Span<float>(dx, wanted.Length).ToArray());
                    AssertClose(filterGradient, new Span<float>(dw, filters.Length).ToArray());
                    Assert.Equal(sums is null, got is null);
                    AssertClose(sums?.Gradients ?? [], got?.Gradients ?? []);
                    AssertClose(sums?.Products ?? [], got?.Products ?? []);
                    kernels.Backward(new ChainGradients(x, before, y, slopes, dy, w) { Positions = at, FilterGradient = dw }, count);
                    AssertClose(filterGradient, new Span<float>(dw, filters.Length).ToArray());
                }
            }
        }

        float[] Draw(int numbers) => [.. Enumerable.Range(0, numbers).Select(_ => (float)(random.NextDouble() * 2 - 1))];
    }

    [Theory]
    [InlineData(33, 2, 2)]
    [InlineData(32, 6, 1)]
    public void A_pooling_that_is_not_possible_is_an_error(int filters, int rows, int columns)
    {
        using var scratch = new KernelScratch();
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            new NormalizedConvolution(new WinogradShape(16, 5, 5, filters, 1, 1), scratch, rows, columns)
        );
        Assert.Contains($"received {filters} channels, windows of {rows}x{columns} and an image of 5x5", error.Message);
    }

    private static FusedBatchNorm Norm(float[] values, int channels, NormActivation activation) =>
        new(
            Measure(values, channels),
            [.. Enumerable.Range(0, channels).Select(i => 0.5f + i % 3)],
            [.. Enumerable.Range(0, channels).Select(i => i % 5 / 4f - 0.5f)],
            1e-5,
            activation
        );

    private static ChannelMoments Measure(float[] values, int channels)
    {
        fixed (float* x = values)
        {
            return FusedBatchNorm.Measure((nint)x, values.Length, channels, isBFloat16: false);
        }
    }

    private static BatchNormSums Sum(FusedBatchNorm norm, float[] values, float[] gradients, bool returns = false)
    {
        fixed (float* x = values)
        fixed (float* dy = gradients)
        {
            if (returns)
            {
                norm.Return((nint)x, (nint)dy, values.Length);
            }
            return norm.SumGradients((nint)x, (nint)dy, values.Length, isBFloat16: false);
        }
    }

    private static void AssertClose(float[] expected, float[] actual) =>
        AssertClose([.. expected.Select(number => (double)number)], [.. actual.Select(number => (double)number)]);

    private static void AssertClose(double[] expected, double[] actual)
    {
        double largest = expected.Select(Math.Abs).DefaultIfEmpty().Max();
        Assert.All(expected.Zip(actual, (a, b) => Math.Abs(a - b)), error => Assert.InRange(error, 0, Tolerance * largest));
        Assert.Equal(expected.Length, actual.Length);
    }

    /// <summary>The steps, each over all images.</summary>
    private sealed class Steps(WinogradShape shape, int count, int poolRows, int poolColumns, KernelScratch scratch)
    {
        private readonly int rows = shape.OutputHeight / poolRows,
            columns = shape.OutputWidth / poolColumns;

        public bool Pools => poolRows * poolColumns > 1;

        public float[] Normalize(float[] images, FusedBatchNorm? norm)
        {
            float[] results = [.. images];
            fixed (float* x = images)
            fixed (float* y = results)
            {
                norm?.Normalize((nint)x, images.Length, isBFloat16: false, (nint)y);
            }
            return results;
        }

        public float[] Convolve(float[] images, float[] filters)
        {
            float[] results = new float[count * shape.OutputHeight * shape.OutputWidth * shape.Filters];
            fixed (float* x = images)
            fixed (float* w = filters)
            fixed (float* y = results)
            {
                new WinogradConvolution(shape, scratch).Forward(x, count, w, null, y);
            }
            return results;
        }

        public (float[] Largest, int[] Positions) Pool(float[] values)
        {
            float[] largest = new float[count * rows * columns * shape.Filters];
            int[] positions = new int[largest.Length];
            for (int i = 0; i < largest.Length; i++)
            {
                int[] window = Window(i);
                positions[i] = Array.IndexOf(window, window.MaxBy(at => values[at]));
                largest[i] = values[window[positions[i]]];
            }
            return (largest, positions);
        }

        public (float[] Input, float[] Filters) Return(
            float[] images,
            float[] filters,
            float[] outputs,
            float[] given,
            int[] positions,
            BatchNormGradients after
        )
        {
            float[] slopes = new float[outputs.Length],
                all = new float[count * shape.OutputHeight * shape.OutputWidth * shape.Filters],
                input = new float[images.Length],
                weights = new float[filters.Length];
            fixed (float* y = outputs)
            fixed (float* dy = given)
            fixed (float* to = slopes)
            {
                after.Compute((nint)y, (nint)dy, outputs.Length, isBFloat16: false, (nint)to);
            }
            for (int i = 0; i < slopes.Length; i++)
            {
                all[Window(i)[positions[i]]] = slopes[i];
            }
            fixed (float* x = images)
            fixed (float* w = filters)
            fixed (float* dy = all)
            fixed (float* dx = input)
            fixed (float* dw = weights)
            {
                new WinogradConvolution(shape, scratch).Backward(x, dy, count, w, dx, dw, null);
            }
            return (input, weights);
        }

        private int[] Window(int output)
        {
            (int pixel, int filter) = Math.DivRem(output, shape.Filters);
            (int line, int column) = Math.DivRem(pixel, columns);
            (int image, int row) = Math.DivRem(line, rows);
            return
            [
                .. Enumerable
                    .Range(0, poolRows * poolColumns)
                    .Select(i =>
                    {
                        int y = image * shape.OutputHeight + row * poolRows + i / poolColumns,
                            x = column * poolColumns + i % poolColumns;
                        return (y * shape.OutputWidth + x) * shape.Filters + filter;
                    }),
            ];
        }
    }
}
