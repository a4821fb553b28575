using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class ActivationMaximizerTests
{
    [Theory]
    [InlineData("conv3x3x4 relu pool2 fc3 softmax", "3,8,8", "conv1")]
    [InlineData("conv3x3x4 relu pool2 fc3 softmax", "3,8,8", "relu1")]
    [InlineData("conv3x3x4 relu pool2 fc3 softmax", "1,8,8", "softmax1")]
    [InlineData("conv1d3x4 relu pool2 fc3 softmax", "2,12", "fc1")]
    [InlineData("conv3d3x3x3x3 relu pool2 fc3 softmax", "1,4,6,6", "fc1")]
    [InlineData("fc4 tanh fc3", "6", "fc1")]
    public void The_unit_s_value_rises_above_that_of_any_image_tried(string spec, string input, string layer)
    {
        Shape shape = Shape.Parse(input);
        using Network network = TinyData.Network(spec, shape);
        DreamImage dream = ActivationMaximizer.Dream(
            network,
            layer,
            1,
            new DreamOptions
            {
                Steps = 60,
                Jitter = 1,
                Smoothness = 0,
                Decay = 0,
            },
            "cpu"
        );
        double best = Enumerable.Range(0, 50).Max(seed => Value(network, layer, Pictured.Noise(shape, seed)));
        Assert.True(dream.Activation > best && dream.Activation > dream.StartActivation, $"{dream}, an image has {best}");
        Assert.Equal(dream.Activation, Value(network, layer, dream.Sample), 1e-4);
        Assert.Equal((60, false), (dream.History.Count, dream.IsDead));
        Assert.Equal($"{layer}[1]", dream.Sample.Source);
    }

    [Fact]
    public void The_prior_makes_neighbours_alike()
    {
        using Network network = TinyData.Network("conv3x3x4 relu pool2 fc3", new Shape(3, 12, 12));
        double rough = Roughness(Dream(0)),
            smooth = Roughness(Dream(0.5));
        Assert.True(smooth < rough / 2, $"{smooth} of {rough}");

        DreamImage Dream(double smoothness) =>
            ActivationMaximizer.Dream(network, "fc1", 0, new DreamOptions { Steps = 60, Smoothness = smoothness }, "cpu");
        static double Roughness(DreamImage dream) =>
            Enumerable.Range(0, 11 * 36).Average(i => Math.Abs(dream.Sample.Pixels[i] - dream.Sample.Pixels[i + 36]));
    }

    [Fact]
    public void A_seed_gives_the_same_image_and_another_another()
    {
        using Network network = TinyData.Network();
        byte[] Pixels(int seed) =>
            ActivationMaximizer.Dream(network, "conv1", 0, new DreamOptions { Steps = 5, Seed = seed }, "cpu").Sample.Pixels;
        Assert.Equal(Pixels(1), Pixels(1));
        Assert.NotEqual(Pixels(1), Pixels(2));
    }

    [Fact]
    public void It_can_begin_with_an_image()
    {
        using Network network = TinyData.Network();
        ImageSample image = Pictured.Noise(TinyData.Picture, 3);
        DreamImage dream = ActivationMaximizer.Dream(
            network,
            "conv1",
            0,
            new DreamOptions
            {
                Steps = 1,
                LearningRate = 1e-9,
                Start = image,
            },
            "cpu"
        );
        Assert.Equal(image.Pixels, dream.Sample.Pixels);
        Assert.Equal(Value(network, "conv1", image, 0), dream.StartActivation, 1e-5);
    }

    [Fact]
    public void A_unit_without_gradient_is_called_dead()
    {
        using Network network = TinyData.Network("conv3x3x4 relu conv1x1x2 fc3");
        using (no_grad())
        {
            network.Parameters[1].Value.fill_(-1000); // nothing gets through the rectifier
        }
        Assert.True(ActivationMaximizer.Dream(network, "conv2", 0, new DreamOptions { Steps = 3 }, "cpu").IsDead);
        // what goes in still has one
        Assert.False(ActivationMaximizer.Dream(network, "relu1", 0, new DreamOptions { Steps = 3 }, "cpu").IsDead);
    }

    [Fact]
    public void Units_are_numbers_or_classes()
    {
        using Network network = TinyData.Network();
        network.Classes = ["dark", "middle", "bright"];
        Assert.Equal(2, ActivationMaximizer.Unit(network, "fc1", "bright"));
        Assert.Equal(1, ActivationMaximizer.Unit(network, "softmax1", "Middle"));
        Assert.Equal(7, ActivationMaximizer.Unit(network, "conv1", "7"));
        Assert.Contains(
            "no classes",
            Assert.Throws<InvalidSettingException>(() => ActivationMaximizer.Unit(network, "conv1", "dark")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "did you mean dark?",
            Assert.Throws<NameNotFoundException>(() => ActivationMaximizer.Unit(network, "fc1", "drak")).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("dark", ActivationMaximizer.Dream(network, "fc1", 0, new DreamOptions { Steps = 1 }, "cpu").Class);
        Assert.Throws<InvalidSettingException>(() => ActivationMaximizer.Dream(network, "conv1", 4, null, "cpu"));
        Assert.Throws<InvalidSettingException>(() => new DreamOptions { Steps = 0 });
        Assert.Throws<InvalidSettingException>(() => new DreamOptions { Decay = double.NaN });
    }

    [Fact]
    public void The_network_is_the_same_afterwards_and_nothing_is_left_behind()
    {
        using Network network = TinyData.Network("conv3x3x4 bn relu pool2 fc3 softmax");
        float[] before = Pictured.State(network);
        Assert.Equal(
            0,
            LiveTensors.LeftBehindBy(() => ActivationMaximizer.Dream(network, "conv1", 0, new DreamOptions { Steps = 3 }, "cpu"))
        );
        Assert.Equal(before, Pictured.State(network));
        Assert.All(network.Parameters, parameter => Assert.Null(parameter.Value.grad));
    }

    private static double Value(Network network, string layer, ImageSample image, int unit = 1)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return LayerPass
            .Run(network, NetworkInput.Batch(network, CPU, image))
            .Output(network.Plan.Find(layer))
            .select(1, unit)
            .mean()
            .item<float>();
    }
}
