using ConvNetShell.FusedKernels.Direct;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Recurrent;

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
                program.Run(new Images(image, 1), 1, to, threads: trial % 2 + 1);
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Depthwise_convolutions_and_concatenations_stay_within_their_memory(bool isAtEnd)
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        var random = new Random(11);
        for (int trial = 0; trial < 100; trial++)
        {
            (int channels, int height, int width) = (random.Next(1, 40), random.Next(1, 12), random.Next(1, 12));
            (int rows, int columns, int step) = (random.Next(1, 4), random.Next(1, 4), random.Next(1, 3));
            var window = new DirectWindow(rows, columns, step, step, rows / 2, columns / 2, rows - 1, columns - 1);
            float[] weights = Numbers(channels * rows * columns, random),
                bias = Numbers(channels, random),
                images = Numbers(3 * height * width * channels, random);
            var builder = new DirectBuilder(channels, height, width);
            builder.ConvolveEach(window, weights, bias);
            Plane maps = builder.Here;
            builder.Rectify();
            builder.Scale([.. bias.Select(_ => -1.0)], new double[channels]);
            builder.Concatenate([maps, builder.Here, maps]);
            DirectProgram program = builder.Build(new GuardedMemory(isAtEnd));

            float[] results = Run(program, images, 3, threads: trial % 2 + 1);

            float[] last = results[^program.Outputs..],
                image = images[^(images.Length / 3)..];
            Assert.Equal(3 * channels * maps.Height * maps.Width, last.Length);
            for (int i = 0; i < last.Length; i++)
            {
                (int pixel, int place) = Math.DivRem(i, 3 * channels);
                (int copy, int channel) = Math.DivRem(place, channels);
                float[] own = [.. image.Where((_, at) => at % channels == channel)],
                    taps = weights[(channel * rows * columns)..((channel + 1) * rows * columns)];
                float sum = Convolved(own, taps, [bias[channel]], window, (height, width, 1), Math.DivRem(pixel, maps.Width), 0);
                Assert.Equal((copy == 1 ? -1 : 1) * Math.Max(0, sum), last[i], 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Convolutions_by_tiles_stay_within_their_memory_and_are_those_of_the_definition(bool isAtEnd)
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        var random = new Random(7);
        for (int trial = 0; trial < 60; trial++)
        {
            int channels = random.Next(16, 40),
                filters = random.Next(16, 70),
                height = random.Next(7, 16),
                width = random.Next(7, 16),
                top = random.Next(2),
                left = random.Next(2);
            var window = new DirectWindow(3, 3, 1, 1, top, left, top, left);
            float[] weights = Numbers(filters * 9 * channels, random),
                bias = Numbers(filters, random),
                images = Numbers(5 * height * width * channels, random);
            var builder = new DirectBuilder(channels, height, width);
            builder.Convolve(window, weights, bias);
            builder.Rectify();
            Plane maps = builder.Here;
            DirectProgram program = builder.Build(new GuardedMemory(isAtEnd));

            float[] all = Run(program, images, 5, threads: trial % 2 + 1),
                last = Run(program, images[^(images.Length / 5)..], 1, threads: 2);

            Assert.Equal(all[^program.Outputs..], last);
            for (int i = 0; i < last.Length; i += 13)
            {
                (int pixel, int filter) = Math.DivRem(i, filters);
                float expected = Convolved(
                    images[^(images.Length / 5)..],
                    weights,
                    bias,
                    window,
                    (height, width, channels),
                    Math.DivRem(pixel, maps.Width),
                    filter
                );
                Assert.Equal(Math.Max(0, expected), last[i], 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Films_stay_within_their_memory_and_give_what_single_numbers_give(bool isAtEnd)
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        var random = new Random(8);
        for (int trial = 0; trial < 60; trial++)
        {
            (int channels, int filters) = (random.Next(1, 20), random.Next(1, 40));
            (int frames, int height, int width) = (random.Next(1, 6), random.Next(1, 7), random.Next(1, 7));
            var window = new DirectWindow(
                random.Next(1, 4),
                random.Next(1, 4),
                random.Next(1, 3),
                random.Next(1, 3),
                Top: 1,
                Left: 1,
                Bottom: 2,
                Right: 2,
                Frames: random.Next(1, 4),
                FrameStep: random.Next(1, 3),
                Front: 1,
                Back: 2
            );
            float[] weights = Numbers(filters * window.Frames * window.Rows * window.Columns * channels, random),
                image = Numbers(frames * height * width * channels, random);
            var builder = new DirectBuilder(channels, height, width, frames);
            builder.Convolve(window, weights, new float[filters]);
            Plane maps = builder.Here;
            builder.Pool(new DirectWindow(maps.Height, maps.Width, 1, 1, Frames: maps.Frames), isMean: true);
            DirectProgram program = builder.Build(new GuardedMemory(isAtEnd));

            float[] means = Run(program, image, 1, threads: 1);

            // a picture's convolution, frame by frame of the window
            for (int filter = 0; filter < filters; filter++)
            {
                double sum = 0;
                for (int output = 0; output < maps.Frames * maps.Height * maps.Width; output++)
                {
                    (int line, int column) = Math.DivRem(output, maps.Width);
                    (int frame, int row) = Math.DivRem(line, maps.Height);
                    for (int f = 0; f < window.Frames; f++)
                    {
                        int from = frame * window.FrameStep - window.Front + f,
                            size = height * width * channels,
                            taps = window.Rows * window.Columns * channels;
                        int at = (filter * window.Frames + f) * taps;
                        sum +=
                            from >= 0 && from < frames
                                ? Convolved(
                                    image[(from * size)..((from + 1) * size)],
                                    weights[at..(at + taps)],
                                    [0],
                                    window,
                                    (height, width, channels),
                                    (row, column),
                                    0
                                )
                                : 0;
                    }
                }
                Assert.Equal(sum / (maps.Frames * maps.Height * maps.Width), means[filter], 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sequences_stay_within_their_memory_and_are_the_same_in_any_batch(bool isAtEnd)
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        var random = new Random(9);
        RecurrentKernel[] kernels = [RecurrentKernel.Simple, RecurrentKernel.Gru, RecurrentKernel.Lstm];
        for (int trial = 0; trial < 60; trial++)
        {
            RecurrentKernel kernel = kernels[trial % 3];
            int features = random.Next(1, 20),
                length = random.Next(1, 30),
                units = random.Next(1, 40),
                sums = units * kernel.Gates;
            RecurrentWeights Direction() =>
                new(Numbers(sums * features, random), Numbers(sums * units, random), Numbers(sums, random), Numbers(sums, random));
            var builder = new DirectBuilder(features, 1, length);
            builder.Recur(kernel, trial % 2 == 0 ? [Direction()] : [Direction(), Direction()], isSequence: trial % 4 < 2);
            builder.Activate(DirectActivation.ScaledTanh);
            DirectProgram program = builder.Build(new GuardedMemory(isAtEnd));
            float[] images = Numbers(7 * length * features, random);

            float[] all = Run(program, images, 7, threads: 2);

            Assert.All(all, number => Assert.True(Math.Abs(number) < 1.7159));
            for (int image = 0; image < 7; image++)
            {
                int size = length * features;
                float[] alone = Run(program, images[(image * size)..((image + 1) * size)], 1, threads: 1);
                Assert.Equal(all[(image * program.Outputs)..((image + 1) * program.Outputs)], alone);
            }
        }
    }

    /// <summary>Where images have few pixels, tiles of pixels go over from one image to the next.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Images_have_the_same_outputs_together_and_alone(bool isAtEnd)
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        var random = new Random(5);
        for (int trial = 0; trial < 100; trial++)
        {
            int channels = random.Next(1, 40),
                height = random.Next(1, 5),
                width = random.Next(1, 5),
                filters = random.Next(1, 100),
                side = random.Next(1, 4),
                count = random.Next(2, 20);
            var builder = new DirectBuilder(channels, height, width);
            var window = new DirectWindow(side, side, 1, 1, side / 2, side / 2, side - 1, side - 1);
            builder.Convolve(window, Numbers(filters * side * side * channels, random), Numbers(filters, random));
            builder.Rectify();
            DirectProgram program = builder.Build(new GuardedMemory(isAtEnd));
            float[][] images = [.. Enumerable.Range(0, count).Select(_ => Numbers(channels * height * width, random))];

            float[] together = Run(program, [.. images.SelectMany(image => image)], count, threads: trial % 2 + 1);

            Assert.Equal(images.SelectMany(image => Run(program, image, 1, threads: 1)), together);
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
        float[] alone = Run(program, image, 1, threads: 1);

        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(alone, Run(program, image, 1, threads: 1 + i % 4));
            Thread.Sleep(i % 20 == 0 ? 1 : 0); // helpers have left, or have not
        }
    }

    [Fact]
    public void Several_callers_have_their_own_results()
    {
        Assert.SkipUnless(DirectProgram.IsSupported, NoVectors);
        var random = new Random(5);
        var builder = new DirectBuilder(16, 32, 32);
        builder.Convolve(new DirectWindow(3, 3, 1, 1, 1, 1, 1, 1), Numbers(80 * 9 * 16, random), Numbers(80, random));
        builder.Pool(new DirectWindow(32, 32, 1, 1), isMean: false);
        DirectProgram program = builder.Build();
        float[][] images = [.. Enumerable.Range(0, 4).Select(_ => Numbers(16 * 32 * 32, random))];
        float[][] expected = [.. images.Select(image => Run(program, image, 1, threads: 1))];

        Parallel.For(
            0,
            400,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            i => Assert.Equal(expected[i % 4], Run(program, images[i % 4], 1, threads: 2))
        );
    }

    private static unsafe float[] Run(DirectProgram program, float[] images, int count, int threads)
    {
        float[] results = new float[count * program.Outputs];
        fixed (float* to = results)
        {
            program.Run(new Images(images, count), count, to, threads);
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

    private readonly struct Images(float[] numbers, int count) : IImageSource
    {
        public void Read(int image, int row, Span<float> to) =>
            numbers.AsSpan(image * (numbers.Length / count) + row * to.Length, to.Length).CopyTo(to);
    }
}
