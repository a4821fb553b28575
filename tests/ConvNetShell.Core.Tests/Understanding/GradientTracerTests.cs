using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Layers;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Traces;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Traces;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class GradientTracerTests
{
    private const int WeightsTried = 6;

    [Theory]
    [InlineData("conv3x3x4 tanh fc3 softmax", "2,6,6")]
    [InlineData("conv3x3x4s2psame gelu fc3", "2,7,6")]
    [InlineData("conv3x3x4d2p2 sigmoid conv3x3x6g2 bn tanh fc3", "2,8,8")]
    [InlineData("conv3x3x4 bn relu res(conv3x3x4psame relu conv3x3x4psame) pool2 drop0.5 fc3 softmax", "2,8,8")]
    [InlineData("conv1d3x4s2 tanh conv1d2x4d2g2 fc3", "2,14")]
    [InlineData("conv3d2x3x3x3 tanh conv3d2x2x2x4p1 fc3", "1,4,6,6")]
    [InlineData("fc5 tanh fc3", "7")]
    public void Sum_backward_and_finite_difference_agree_to_a_millionth(string spec, string input)
    {
        Shape shape = Shape.Parse(input);
        using Network network = TinyData.Network(spec, shape);
        var random = new Random(3);
        ImageSample[] images = [Labeled(shape, 1), Labeled(shape, 2)];
        foreach (NetworkLayer layer in network.Plan.AllLayers.Where(GradientTracer.HasGradient))
        {
            GradientTrace largest = GradientTracer.Trace(network, layer.Name, "weight", null, images);
            Assert.True(Math.Abs(largest.Gradient) > 1e-4, largest.Calculation);
            int[][] positions =
            [
                [.. largest.At],
                .. Enumerable
                    .Range(0, WeightsTried)
                    .Select(_ => (int[])[.. largest.At.Select((top, d) => d == 0 ? top : random.Next(top + 1))]),
            ];
            foreach (int[] at in positions)
            {
                GradientTrace trace = GradientTracer.Trace(network, layer.Name, "weight", at, images);
                Assert.Equal(trace.Backward, trace.Gradient, 1e-12);
                Assert.True(trace.RelativeDifference < 1e-6 || Math.Abs(trace.Gradient - trace.FiniteDifference) < 1e-9, trace.Calculation);
                Assert.True(trace.Agrees);
                Assert.True(Math.Abs(trace.Gradient) <= Math.Abs(largest.Gradient));
                Assert.Equal(trace.Value - (0.1 * trace.Gradient), trace.NewValue);
            }
            GradientTrace bias = GradientTracer.Trace(network, layer.Name, "bias", null, images);
            Assert.Equal(bias.Backward, bias.Gradient, 1e-12);
            Assert.True(bias.Agrees, bias.Calculation);
        }
    }

    [Fact]
    public void A_dense_bias_has_probability_minus_truth_and_a_small_step_lowers_the_loss()
    {
        var shape = new Shape(4);
        using Network network = TinyData.Network("fc3 softmax", shape);
        ImageSample image = Labeled(shape, 1);
        double sum = 0;
        for (int unit = 0; unit < 3; unit++)
        {
            GradientTrace trace = GradientTracer.Trace(network, "fc1", "bias", [unit], [image]);
            GradientTerm term = Assert.Single(trace.Terms);
            Assert.Equal(1, term.Input);
            sum += trace.Gradient + (unit == image.Label ? 1 : 0);
            Assert.True(trace.LossAfter < trace.Loss);
        }
        Assert.Equal(1, sum, 1e-12);
    }

    [Fact]
    public void Terms_are_inputs_times_output_gradients_the_largest_first_and_padding_gives_none()
    {
        var shape = new Shape(1, 3, 3);
        using Network network = TinyData.Network("conv3x3x1psame fc3", shape);
        GradientTrace corner = GradientTracer.Trace(network, "conv1", "weight", [0, 0, 0, 0], [Labeled(shape, 3)]);
        Assert.Equal(9, corner.Terms.Count);
        Assert.Equal(5, corner.Terms.Count(term => term.IsPadding));
        Assert.All(corner.Terms.Where(term => term.IsPadding), term => Assert.Equal(0, term.Product));
        Assert.All(corner.Terms.Where(term => !term.IsPadding), term => Assert.Equal([0, term.At[1] - 1, term.At[2] - 1], term.From));
        Assert.Equal(corner.Terms.OrderByDescending(term => Math.Abs(term.Product)), corner.Terms);
    }

    [Fact]
    public void The_network_stays_as_it_was()
    {
        var shape = new Shape(1, 4, 4);
        using Network network = TinyData.Network("conv3x3x2 relu fc3", shape);
        float[] before = network.Parameters[0].Value.detach().data<float>().ToArray();
        GradientTracer.Trace(network, "conv1", "weight", null, [Labeled(shape, 1)]);
        Assert.Equal(before, network.Parameters[0].Value.detach().data<float>().ToArray());
        Assert.True(network.Parameters[0].Value.grad is null or { IsInvalid: true });
        Assert.Equal(0, LiveTensors.LeftBehindBy(() => GradientTracer.Trace(network, "conv1", "weight", null, [Labeled(shape, 1)])));
    }

    [Fact]
    public void Errors_name_layer_position_and_class()
    {
        var shape = new Shape(1, 4, 4);
        using Network network = TinyData.Network("conv3x3x2-nobias relu fc3", shape);
        ImageSample image = Labeled(shape, 1);
        Assert.Contains("conv1, fc1", Message("relu1", "weight", null), StringComparison.Ordinal);
        Assert.Contains("from 0 to 1,0,2,2 for conv1", Message("conv1", "weight", [0, 0, 3, 0]), StringComparison.Ordinal);
        Assert.Contains("unit and input, from 0 to 2,31", Message("fc1", "weight", [0, 0, 4, 0]), StringComparison.Ordinal);
        Assert.Contains("no biases", Message("conv1", "bias", [0]), StringComparison.Ordinal);
        image = image with { Label = null, Class = null };
        Assert.Contains("no class", Message("conv1", "weight", null), StringComparison.Ordinal);
        Assert.Equal(16, GradientTracer.Trace(network, "conv1", "weight", null, [image], "2").Terms.Count);
        Assert.Throws<NameNotFoundException>(() => GradientTracer.Trace(network, "conv1", "weight", null, [image], "9"));

        string Message(string layer, string parameter, int[]? at) =>
            Assert.Throws<InvalidSettingException>(() => GradientTracer.Trace(network, layer, parameter, at, [image])).Message;
    }

    private static ImageSample Labeled(Shape shape, int seed) => Pictured.Noise(shape, seed) with { Label = seed % 3, Class = null };
}
