using ConvNetShell.FusedKernels.Direct;
using ConvNetShell.FusedKernels.Direct.Planes;

namespace ConvNetShell.FusedKernels.Tests;

public sealed class DirectProgramTests
{
    private const string NoVectors = "the processor has no AVX-512";

    /// <summary>An access outside of the memory of weights and images would end the process.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public unsafe void Layers_stay_within_their_memory_and_give_what_single_numbers_give(bool isAtEnd)
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        var random = new Random(1);
        for (int trial = 0; trial < 200; trial++)
        {
            int channels = random.Next(1, 40),
                height = random.Next(1, 12),
                width = random.Next(1, 12),
                filters = random.Next(1, 70),
                rows = random.Next(1, 4),
                columns = random.Next(1, 4),
                step = random.Next(1, 3),
                units = random.Next(1, 90);
            var window = new DirectWindow(rows, columns, step, step, rows / 2, columns / 2, rows - 1, columns - 1);
            float[] weights = Numbers(filters * rows * columns * channels, random),
                bias = Numbers(filters, random),
                image = Numbers(height * width * channels, random);

            var builder = new DirectBuilder(channels, height, width);
            builder.Convolve(window, weights, bias);
            builder.Rectify();
            Plane maps = builder.Here;
            builder.Scale([.. bias.Select(each => (double)each)], [.. bias.Select(each => 1.0 - each)]);
            builder.Sum(maps, builder.Here);
            builder.Pool(new DirectWindow(1, maps.Width, 1, 1), isMean: false);
            float[] dense = Numbers(units * builder.Here.Count, random);
            int pooled = builder.Here.Height;
            builder.Connect(dense, Numbers(units, new Random(2)));
            DirectProgram program = builder.Build(new GuardedMemory(isAtEnd)); // what it holds is freed by its finalizers

            float[] results = new float[units];
            fixed (float* to = results)
            {
                program.Run(new OneImage(image), 1, to, threads: trial % 2 + 1);
            }

            Assert.Equal(units, program.Outputs);
            float[] largest = new float[pooled * filters];
            for (int y = 0; y < pooled; y++)
            {
                for (int f = 0; f < filters; f++)
                {
                    largest[f * pooled + y] = Enumerable
                        .Range(0, maps.Width)
                        .Max(x =>
                        {
                            float sum = Math.Max(0, Convolved(image, weights, bias, window, (height, width, channels), (y, x), f));
                            return sum + (sum * bias[f] + 1 - bias[f]);
                        });
                }
            }

            float[] offsets = Numbers(units, new Random(2));
            for (int unit = 0; unit < units; unit++)
            {
                double expected = offsets[unit] + largest.Select((value, i) => (double)value * dense[unit * largest.Length + i]).Sum();
                Assert.Equal(expected, results[unit], 2e-3);
            }
        }
    }

    [Fact]
    public void A_single_image_is_the_same_with_several_threads()
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        var random = new Random(4);
        var builder = new DirectBuilder(3, 32, 32);
        float[] image = Numbers(3 * 32 * 32, random);
        int before = 3;
        foreach (int filters in new[] { 32, 64, 17, 64 })
        {
            builder.Convolve(new DirectWindow(3, 3, 1, 1, 1, 1, 1, 1), Numbers(filters * 9 * before, random), Numbers(filters, random));
            builder.Rectify();
            before = filters;
        }

        builder.Pool(new DirectWindow(32, 32, 1, 1), isMean: true);
        DirectProgram program = builder.Build();
        float[] alone = Run(program, image, threads: 1);

        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(alone, Run(program, image, threads: 1 + i % 4));
        }
    }

    private static unsafe float[] Run(DirectProgram program, float[] image, int threads)
    {
        float[] results = new float[program.Outputs];
        fixed (float* to = results)
        {
            program.Run(new OneImage(image), 1, to, threads);
        }

        return results;
    }

    private static float Convolved(
        float[] image,
        float[] weights,
        float[] bias,
        DirectWindow window,
        (int Height, int Width, int Channels) size,
        (int Row, int Column) at,
        int filter
    )
    {
        double sum = bias[filter];
        for (int r = 0; r < window.Rows; r++)
        {
            for (int c = 0; c < window.Columns; c++)
            {
                int y = at.Row * window.RowStep - window.Top + r,
                    x = at.Column * window.ColumnStep - window.Left + c;
                bool isInside = y >= 0 && y < size.Height && x >= 0 && x < size.Width;
                for (int channel = 0; isInside && channel < size.Channels; channel++)
                {
                    sum +=
                        (double)image[(y * size.Width + x) * size.Channels + channel]
                        * weights[((filter * window.Rows + r) * window.Columns + c) * size.Channels + channel];
                }
            }
        }

        return (float)sum;
    }

    private static float[] Numbers(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];

    private readonly struct OneImage(float[] numbers) : IImageSource
    {
        public void Read(int image, int row, Span<float> to) => numbers.AsSpan(row * to.Length, to.Length).CopyTo(to);
    }
}
