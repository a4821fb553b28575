using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Data;

public sealed class AugmentationTests
{
    private static readonly ChannelStatistics Statistics = new([0.4, 0.5, 0.6], [0.2, 0.25, 0.3]);

    public static TheoryData<Augmentation> All =>
        new(
            new Augmentation(flip: true, shift: 2),
            new Augmentation { Flip = FlipKind.Alternating, Cutout = 4 },
            new Augmentation { Rotation = 30 },
            new Augmentation
            {
                Crop = 0.5,
                Flip = FlipKind.Random,
                Shift = 1,
            },
            new Augmentation { Color = 0.5 },
            new Augmentation
            {
                Rotation = 20,
                Crop = 0.7,
                Color = 0.3,
                Cutout = 3,
                Shift = 2,
                Flip = FlipKind.Random,
            }
        );

    /// <summary>Two implementations, one over bytes and one of tensors, must agree on every pixel, but for the rounding to bytes.</summary>
    [Theory, MemberData(nameof(All))]
    public void Processor_and_gpu_path_give_the_same_pictures(Augmentation augmentation)
    {
        using var scope = NewDisposeScope();
        DatasetSplit split = TinyData.Noise(12, 3, new Shape(3, 9, 14), 4);
        int[] indices = [3, 0, 11, 7, 5, 1];
        AugmentationSample[] draws = new AugmentationSampler(augmentation, split.Shape, indices.Length)
            .For(indices, 2, new SeededRandom(3))
            .ToArray();
        using var loader = new BatchLoader(split, Statistics, indices.Length, CPU, augmentation);
        using var device = new DeviceBatches(split, Statistics, CPU, augmentation);
        (Tensor images, Tensor labels) = loader.Load(indices, draws);
        (Tensor others, Tensor otherLabels) = device.Load(indices, draws);
        Assert.True(labels.equal(otherLabels).all().item<bool>());
        Assert.InRange((images - others).abs().max().item<float>(), 0, 2.1 / 255 / 0.2); // up to two roundings
    }

    [Fact]
    public void Alternating_flip_shows_both_sides_in_two_epochs()
    {
        var augmentation = new Augmentation { Flip = FlipKind.Alternating };
        var draws = new AugmentationSampler(augmentation, TinyData.Picture, 100);
        int[] indices = [.. Enumerable.Range(0, 100)];
        bool[] first = Flips(1),
            second = Flips(2),
            third = Flips(3);
        Assert.All(first.Zip(second), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(first, third);
        Assert.InRange(first.Count(flipped => flipped), 35, 65);
        return;

        bool[] Flips(int epoch) => [.. draws.For(indices, epoch, new SeededRandom(1)).ToArray().Select(draw => draw.Flip)];
    }

    [Fact]
    public void Quarter_turn_turns_the_picture()
    {
        byte[] picture = [.. Enumerable.Range(0, 25).Select(i => (byte)(i * 10))];
        byte[] turned = new RandomAffine(1, 5, 5).Apply(picture, new AugmentationSample(false, 0, 0) { Angle = Math.PI / 2 }).ToArray();
        byte[] expected = [.. Enumerable.Range(0, 25).Select(i => picture[(4 - i % 5) * 5 + i / 5])];
        Assert.Equal(expected, turned);
    }

    [Fact]
    public void Cutout_makes_a_square_grey()
    {
        using var scope = NewDisposeScope();
        var split = new DatasetSplit("Train", new Shape(1, 8, 8), [.. Enumerable.Repeat((byte)255, 64)], [0]);
        var augmentation = new Augmentation { Cutout = 4 };
        using var loader = new BatchLoader(split, new ChannelStatistics([0.5], [0.25]), 1, CPU, augmentation);
        float[] values = loader
            .Load([0], [new AugmentationSample(false, 0, 0) { Cut = (4, 4) }])
            .Images.contiguous()
            .data<float>()
            .ToArray();
        Assert.Equal(16, values.Count(value => value == 0));
        Assert.Equal((0f, 2f), (values[2 * 8 + 2], MathF.Round(values[1 * 8 + 2], 5)));
    }

    [Fact]
    public void Mixup_weighs_images_and_labels()
    {
        using var scope = NewDisposeScope();
        Tensor images = tensor(new float[] { 0, 1, 2, 3 }).reshape(4, 1, 1, 1);
        Mixing mixing = Mixing.Draw(new Augmentation { Mixup = 1 }, new Shape(1, 1, 1), new SeededRandom(5));
        Assert.InRange(mixing.Fraction, 0, 1);
        Assert.Equal((1 - mixing.Fraction) * 3, mixing.Apply(images, images.flip(0))[0].item<float>(), 1e-5);
    }

    [Fact]
    public void CutMix_takes_the_share_it_says()
    {
        using var scope = NewDisposeScope();
        Tensor images = cat([zeros(1, 1, 10, 10), ones(1, 1, 10, 10)]);
        for (int seed = 0; seed < 20; seed++)
        {
            Mixing mixing = Mixing.Draw(new Augmentation { CutMix = 1 }, new Shape(1, 10, 10), new SeededRandom(seed));
            Assert.Equal(1 - mixing.Fraction, mixing.Apply(images, images.flip(0))[0].mean().item<float>(), 1e-5);
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(4)]
    public void Beta_has_its_mean_and_variance(double alpha)
    {
        var random = new SeededRandom(1);
        double[] draws = [.. Enumerable.Range(0, 20_000).Select(_ => Mixing.Beta(alpha, random))];
        Assert.Equal(0.5, draws.Average(), 0.01);
        Assert.Equal(1 / (4 * (2 * alpha + 1)), draws.Average(x => (x - 0.5) * (x - 0.5)), 0.005);
    }

    [Fact]
    public void Run_takes_the_datasets_augmentation()
    {
        var augmentation = new Augmentation { Flip = FlipKind.Alternating, Rotation = 5 };
        Dataset data = TinyData.Dataset().With(augmentation);
        Assert.Equal(augmentation, TrainingRecipe.For(null, null, data.WithSplits(data.Train, null, null)).Augmentation);
    }

    [Theory]
    [InlineData("Cutout", 4)]
    [InlineData("Rotation", 4)]
    public void What_is_for_pictures_is_refused_for_signals(string what, int value)
    {
        var augmentation = what == "Cutout" ? new Augmentation { Cutout = value } : new Augmentation { Rotation = value };
        var signals = new Dataset("Signals", "test", ["a", "b", "c"], TinyData.Noise(6, 3, new Shape(1, 16), 1));
        Assert.Contains("1x16", Assert.Throws<InvalidSettingException>(() => signals.With(augmentation)).Message, StringComparison.Ordinal);
    }
}
