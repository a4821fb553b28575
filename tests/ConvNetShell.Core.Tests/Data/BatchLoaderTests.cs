using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Data;

public sealed class BatchLoaderTests
{
    private static readonly double[] Mean = [0.4, 0.5, 0.6],
        StandardDeviation = [0.2, 0.25, 0.3];

    public static TheoryData<int, int, int> Sizes =>
        new()
        {
            { 1, 4, 5 },
            { 3, 5, 7 },
            { 3, 6, 16 },
            { 1, 3, 33 },
            { 2, 1, 1 },
            { 3, 2, 3 },
        };

    [Theory, MemberData(nameof(Sizes))]
    public void Pixels_are_normalised_by_channel(int channels, int height, int width)
    {
        DatasetSplit split = TinyData.Noise(5, 4, new Shape(channels, height, width), 1);
        CheckBatch(split, [4, 0, 2], Augmentation.None, (image, y, x, c) => split.Image(image)[(y * width + x) * channels + c]);
    }

    [Theory]
    [InlineData(1, 4, 5, false, 1)]
    [InlineData(3, 5, 7, true, 0)]
    [InlineData(3, 5, 7, true, 2)]
    [InlineData(1, 3, 3, true, 4)] // moved by more than the image is wide: the border is mirrored more than once
    [InlineData(2, 1, 1, true, 3)]
    [InlineData(3, 2, 19, true, 5)]
    public void Flip_and_shift_mirror_the_border(int channels, int height, int width, bool flip, int shift)
    {
        DatasetSplit split = TinyData.Noise(6, 4, new Shape(channels, height, width), 2);
        int[] indices = [5, 1, 0, 3, 2];
        var draws = new SeededRandom(9); // the same draws in the same order: flip, rows, columns
        var moves = indices.ToDictionary(
            index => index,
            _ =>
                (
                    Flip: flip && draws.NextInt(2) == 1,
                    Down: shift > 0 ? draws.NextInt(2 * shift + 1) - shift : 0,
                    Right: shift > 0 ? draws.NextInt(2 * shift + 1) - shift : 0
                )
        );
        CheckBatch(
            split,
            indices,
            new Augmentation(flip, shift),
            (image, y, x, c) =>
            {
                int row = Reflect(y - moves[image].Down, height),
                    column = Reflect(x - moves[image].Right, width);
                column = moves[image].Flip ? width - 1 - column : column;
                return split.Image(image)[(row * width + column) * channels + c];
            }
        );
    }

    [Fact]
    public void Flip_and_shift_happen_as_often_as_they_should()
    {
        var split = new DatasetSplit("Train", new Shape(1, 1, 9), [.. Enumerable.Range(0, 9).Select(i => (byte)(i * 20))], [0]);
        var random = new SeededRandom(1);
        using var loader = Loader(split, 1);
        var augmentation = new Augmentation(flip: true, shift: 1);
        var seen = new Dictionary<(float, float), int>();
        for (int i = 0; i < 2000; i++)
        {
            using var scope = NewDisposeScope();
            float[] row = loader
                .Load([0], [AugmentationSample.From(augmentation, 0, 1, 1, 9, random)])
                .Images.contiguous()
                .data<float>()
                .ToArray();
            seen[(row[4], row[5])] = seen.GetValueOrDefault((row[4], row[5])) + 1;
        }
        Assert.Equal(6, seen.Count); // flipped or not, moved by -1, 0 or 1
        Assert.All(seen.Values, count => Assert.InRange(count, 250, 420));
    }

    [Fact]
    public void Batches_are_channels_last_in_memory()
    {
        using var scope = NewDisposeScope();
        using var loader = Loader(TinyData.Noise(2, 2, new Shape(3, 4, 5), 1), 2);
        Tensor images = loader.Load([1, 0], []).Images;
        Assert.Equal([2, 3, 4, 5], images.shape);
        Assert.Equal([60, 1, 15, 3], images.stride());
    }

    [Fact]
    public void Channel_that_never_varies_stays_near_zero()
    {
        using var scope = NewDisposeScope();
        var split = new DatasetSplit("Train", new Shape(1, 2, 2), [128, 128, 128, 128], [0]);
        using var loader = new BatchLoader(split, new ChannelStatistics([128 / 255.0], [0.0]), 1, CPU);
        Assert.All(loader.Load([0], []).Images.contiguous().data<float>().ToArray(), value => Assert.InRange(value, -0.1, 0.1));
    }

    [Fact]
    public void Leaves_no_tensor_behind() =>
        Assert.Equal(
            0,
            LiveTensors.LeftBehindBy(() =>
            {
                using var loader = Loader(TinyData.Noise(2, 2, TinyData.Picture, 1), 2);
                using var scope = NewDisposeScope();
                loader.Load([0, 1], []);
            })
        );

    private static BatchLoader Loader(DatasetSplit split, int capacity) =>
        new(split, new ChannelStatistics(Mean[..split.Shape.Channels], StandardDeviation[..split.Shape.Channels]), capacity, CPU);

    private static void CheckBatch(DatasetSplit split, int[] indices, Augmentation augmentation, Func<int, int, int, int, byte> pixel)
    {
        using var scope = NewDisposeScope();
        using var loader = Loader(split, indices.Length + 2);
        (Tensor images, Tensor labels) = loader.Load(
            indices,
            new AugmentationSampler(augmentation, split.Shape, indices.Length).For(indices, 1, new SeededRandom(9)).Span
        );
        (int channels, int height, int width) = (split.Shape[0], split.Shape[1], split.Shape[2]);
        Assert.Equal([indices.Length, channels, height, width], images.shape);
        Assert.Equal(indices.Select(i => (long)split.Labels[i]), labels.data<long>());
        float[] values = images.contiguous().data<float>().ToArray();
        for (int i = 0, at = 0; i < indices.Length; i++)
        {
            for (int c = 0; c < channels; c++)
            {
                for (int place = 0; place < height * width; place++, at++)
                {
                    double expected = (pixel(indices[i], place / width, place % width, c) / 255.0 - Mean[c]) / StandardDeviation[c];
                    Assert.Equal(expected, values[at], 1e-5);
                }
            }
        }
    }

    /// <summary>Walks from the border inwards and back, one step at a time.</summary>
    private static int Reflect(int place, int size)
    {
        int at = 0,
            direction = 1;
        for (int step = 0; step < Math.Abs(place) && size > 1; step++)
        {
            at += direction;
            direction =
                at == size - 1 ? -1
                : at == 0 ? 1
                : direction;
        }
        return at;
    }
}
