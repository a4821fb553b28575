using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Training;

public sealed class PatchWhiteningTests
{
    private static readonly Initializer Whitening = new(InitializerKind.Whitening);

    [Theory]
    [InlineData("3,8,8", 2, 24)]
    [InlineData("2,20", 3, 12)]
    [InlineData("1,5,6,6", 2, 16)]
    public void What_the_filters_give_is_uncorrelated_and_of_one_variance(string input, int kernel, int filters)
    {
        DatasetSplit split = Smooth(Shape.Parse(input));
        using Network network = Make(split.Shape, filters, kernel, Whitening);
        network.Normalization = ChannelStatistics.Measure(split);
        PatchWhitening.Start(network, split);

        using var scope = NewDisposeScope();
        var layer = (ConvSpec)network.Layers[0].Spec;
        Tensor covariance = PatchWhitening.Covariance(network, split, layer);
        Tensor weights = network.Parameters[0].Value.detach().to(ScalarType.Float64).flatten(1);
        Tensor given = weights.narrow(0, 0, filters / 2).matmul(covariance).matmul(weights.narrow(0, 0, filters / 2).transpose(0, 1));
        Tensor unit = eye(filters / 2, dtype: ScalarType.Float64);
        Assert.True((given - given.diagonal().diag()).abs().max().item<double>() < 1e-3);
        // directions of hardly any variance are not blown up, so theirs stays below 1
        Assert.True(given[0, 0].item<double>() is > 0.98 and <= 1.001);
        Assert.True((given - unit).max().item<double>() < 1e-3);
        Assert.True((weights.narrow(0, 0, filters / 2) + weights.narrow(0, filters / 2, filters / 2)).abs().max().item<double>() < 1e-12);
    }

    [Fact]
    public void A_split_sorted_by_class_is_seen_from_its_beginning_to_its_end()
    {
        var shape = new Shape(1, 4, 4);
        const int images = 20_000;
        var pixels = new byte[images * shape.Elements];
        new Random(1).NextBytes(pixels.AsSpan(pixels.Length / 2)); // the first half is black
        var split = new DatasetSplit("Train", shape, pixels, new int[images]);
        using Network network = Make(shape, 8, 2, Whitening);
        network.Normalization = new ChannelStatistics([0], [1]);

        using var scope = NewDisposeScope();
        double mean = PatchWhitening.Covariance(network, split, (ConvSpec)network.Layers[0].Spec)[0, 0].item<double>();
        Assert.InRange(mean, 0.15, 0.18); // half of 1/3, the mean square of numbers from 0 to 1
    }

    [Fact]
    public void Filters_beyond_the_directions_start_as_usual()
    {
        DatasetSplit split = Smooth(new Shape(1, 6, 6));
        using Network network = Make(split.Shape, 11, 2, Whitening),
            usual = Make(split.Shape, 11, 2, new Initializer(InitializerKind.He));
        network.Normalization = ChannelStatistics.Measure(split);
        PatchWhitening.Start(network, split);
        float[] own = network.Parameters[0].Value.contiguous().data<float>().ToArray(),
            he = usual.Parameters[0].Value.contiguous().data<float>().ToArray();
        Assert.Equal(he[32..], own[32..]); // 2 x 4 directions of 4 values
        Assert.NotEqual(he[..32], own[..32]);
    }

    [Fact]
    public void Only_the_first_training_whitens()
    {
        using Network network = Make(TinyData.Picture, 4, 3, Whitening);
        float Tiny() => network.Parameters[0].Value.abs().max().item<float>();
        Trainer.Train(
            network,
            TinyData.Dataset(),
            new TrainingSettings
            {
                Epochs = 1,
                BatchSize = 12,
                LearningRate = 1e-9,
            }
        );
        using (no_grad())
        {
            network.Parameters[0].Value.zero_();
        }
        Trainer.Train(
            network,
            TinyData.Dataset(),
            new TrainingSettings
            {
                Epochs = 1,
                BatchSize = 12,
                LearningRate = 1e-9,
            }
        );
        Assert.InRange(Tiny(), 0, 1e-6);
    }

    [Fact]
    public void Other_layers_refuse()
    {
        string Message(Func<Network> make) => Assert.Throws<InvalidSettingException>(make).Message;
        var second = new ConvSpec(4, new Window(3, 1, Padding.Valid)) { Initializer = Whitening };
        Assert.Contains(
            "conv2",
            Message(() => Network.Create(NetworkPlan.Fit([new ConvSpec(4, new Window(3, 1, Padding.Valid)), second], TinyData.Picture))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "all layers",
            Message(() => Network.Create(NetworkPlan.Fit([second], TinyData.Picture), initializer: InitializerKind.Whitening)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "fc1",
            Message(() => Network.Create(NetworkPlan.Fit([new DenseSpec(3) { Initializer = Whitening }], TinyData.Picture))),
            StringComparison.Ordinal
        );
    }

    private static Network Make(Shape input, int filters, int kernel, Initializer start) =>
        Network.Create(
            NetworkPlan.Fit(
                [
                    new ConvSpec(filters, new Window(kernel, 1, Padding.Valid), dimensions: input.Count - 1) { Initializer = start },
                    .. NetworkSpec.Parse("fc3 softmax"),
                ],
                input
            ),
            seed: 5
        );

    /// <summary>Images whose neighbors are alike, as in photographs.</summary>
    private static DatasetSplit Smooth(Shape shape)
    {
        DatasetSplit noise = TinyData.Noise(80, 3, shape, 3);
        byte[] pixels = noise.PixelArray;
        for (int i = 1; i < pixels.Length; i++)
        {
            pixels[i] = (byte)((pixels[i] + 2 * pixels[i - 1]) / 3);
        }
        return new DatasetSplit("Train", shape, pixels, noise.LabelArray);
    }
}
