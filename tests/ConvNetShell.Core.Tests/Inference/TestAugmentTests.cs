using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Inference;

public sealed class TestAugmentTests
{
    private const string Spec = "conv3x3x4 relu pool2 fc3 softmax";

    [Fact]
    public void The_outputs_are_those_of_the_views_that_airbench_averages()
    {
        using var scope = NewDisposeScope();
        using Network network = TinyData.Network(Spec);
        Tensor images = rand([2, 2, 6, 6], generator: new Generator(3));
        double[] expected = new double[6];
        foreach ((int shift, double weight) in new[] { (0, 0.5), (-1, 0.25), (1, 0.25) })
        {
            foreach (bool mirror in new[] { false, true })
            {
                double[] outputs = Logits(network, View(images, shift, mirror));
                expected = [.. expected.Zip(outputs, (sum, output) => sum + (output * weight / 2))];
            }
        }

        AssertClose(expected, AugmentedOutputs.Of(network, images, TestAugment.MirrorShift));
        AssertClose(Logits(network, images), AugmentedOutputs.Of(network, images, TestAugment.None));
        AssertClose(
            [.. Logits(network, images).Zip(Logits(network, View(images, 0, mirror: true)), (one, other) => (one + other) / 2)],
            AugmentedOutputs.Of(network, images, TestAugment.Mirror)
        );
    }

    [Fact]
    public void A_mirrored_dataset_is_measured_the_same()
    {
        using Network network = TinyData.Network(Spec, new Shape(3, 8, 8));
        DatasetSplit split = TinyData.Noise(40, 3, network.InputShape, 5, "Test"),
            mirrored = new("Test", split.Shape, Mirror(split), split.LabelArray);

        double direct = Loss(TestAugment.Mirror, split),
            other = Loss(TestAugment.Mirror, mirrored);

        Assert.Equal(direct, other, 6);
        Assert.NotEqual(Loss(TestAugment.None, split), Loss(TestAugment.None, mirrored), 6);

        double Loss(TestAugment augment, DatasetSplit data) =>
            Evaluator.Measure(TinyData.Match(network, data), "cpu", augment: augment).Loss;
    }

    [Fact]
    public void Predictions_are_of_the_averaged_outputs()
    {
        using Network network = TinyData.Network(Spec, new Shape(3, 8, 8));
        DatasetSplit split = TinyData.Noise(1, 3, network.InputShape, 5, "Test");
        var data = new Dataset("Noise", "made by a test", ["0", "1", "2"], split, split, split);
        var sample = ImageSamples.FromSplit(data, split, 0);

        double plain = Predictor.Predict(network, [sample], 1, "cpu")[0].Probability,
            averaged = Predictor.Predict(network, [sample], 1, "cpu", augment: TestAugment.MirrorShift)[0].Probability;

        Assert.NotEqual(plain, averaged, 6);
    }

    [Theory]
    [InlineData("rnn4 fc3", "2,6")]
    [InlineData("conv3d2x2x2x2 fc3", "1,4,4,4")]
    public void Sequences_and_clips_have_no_mirror_image(string spec, string input)
    {
        using Network network = TinyData.Network(spec, Shape.Parse(input));
        DatasetSplit split = TinyData.Noise(4, 3, network.InputShape, 5, "Test");

        InvalidSettingException error = Assert.Throws<InvalidSettingException>(() =>
            Evaluator.Measure(TinyData.Match(network, split), "cpu", augment: TestAugment.Mirror)
        );

        Assert.Contains("TestAugment must be None", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The image moved by a number of pixels down and right, its border reflected, value by value.</summary>
    private static Tensor View(Tensor images, int shift, bool mirror)
    {
        int size = (int)images.shape[2];
        float[] from = images.contiguous().data<float>().ToArray(),
            to = new float[from.Length];
        for (int i = 0; i < to.Length; i++)
        {
            int column = i % size,
                row = i / size % size,
                plane = i / size / size;
            int x = mirror ? size - 1 - column : column;
            to[i] = from[(((plane * size) + Reflect(row - shift, size)) * size) + Reflect(x - shift, size)];
        }
        return tensor(to).reshape(images.shape);
    }

    private static int Reflect(int index, int size) =>
        index < 0 ? -index
        : index >= size ? (2 * size) - 2 - index
        : index;

    private static byte[] Mirror(DatasetSplit split)
    {
        int width = split.Shape[2];
        byte[] pixels = split.PixelArray;
        int channels = split.Shape.Channels;
        return
        [
            .. pixels.Select(
                (_, i) =>
                {
                    int pixel = i / channels,
                        column = pixel % width;
                    return pixels[(((pixel - column) + width - 1 - column) * channels) + (i % channels)];
                }
            ),
        ];
    }

    private static double[] Logits(Network network, Tensor images) =>
        [
            .. network
                .Logits(images, new ForwardContext(Training: false))
                .contiguous()
                .data<float>()
                .ToArray()
                .Select(value => (double)value),
        ];

    private static void AssertClose(double[] expected, Tensor actual) =>
        Assert.All(expected.Zip(actual.contiguous().data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
}
