using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Core.Tests.Layers;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Traces;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class ActivationTracerTests
{
    private const int UnitsTried = 12;

    /// <summary>Every kind of layer of the layers' own contract; recurrent ones have no ledger.</summary>
    public static TheoryData<string, string> Layers =>
        [.. LayerContractTests.Grid.Where(row => !Recurrent(row.Data.Item1)).Select(row => (row.Data.Item1, row.Data.Item2))];

    [Theory, MemberData(nameof(Layers))]
    public void The_ledger_of_any_unit_gives_what_the_network_has(string token, string input)
    {
        Shape shape = Shape.Parse(input);
        using Network network = Stirred(token, shape);
        var random = new Random(5);
        ImageSample image = Pictured.Noise(shape, 2);
        foreach (NetworkLayer layer in network.Plan.AllLayers)
        {
            int[] sizes = layer.Output.ToArray();
            for (int i = 0; i < UnitsTried; i++)
            {
                int[] at = WindowPositions.At(sizes, random.Next((int)layer.Output.Elements));
                ActivationTrace trace = Assert.Single(ActivationTracer.Trace(network, layer.Name, at, image));
                Assert.True(trace.Difference <= 1e-5 * Math.Max(1, Math.Abs(trace.Activation)), trace.Calculation);
                Assert.True(trace.Agrees);
            }
        }
    }

    [Theory]
    [InlineData("conv5x5x6 relu pool2 conv3x3x8s2g2 bn tanh globalavg fc5 relu fc3 softmax", "3,16,16", "fc2")]
    [InlineData(
        "conv3x3x4 relu res(conv3x3x4 bn relu conv3x3x4) concat(conv1x1x2 | pool3s1psame) pool2 flatten drop0.5 fc3 softmax",
        "2,8,8",
        "softmax1"
    )]
    [InlineData("conv1d3x4 gelu pool2 conv1d3x4 ln fc3", "2,12", "fc1")]
    [InlineData("conv3d3x3x3x3 sigmoid avgpool2 gn3 fc3", "1,4,6,6", "fc1")]
    public void Recursion_goes_layer_by_layer_down_to_a_byte(string spec, string input, string layer)
    {
        Shape shape = Shape.Parse(input);
        using Network network = Stirred(spec, shape);
        ImageSample image = Pictured.Noise(shape, 4);
        IReadOnlyList<ActivationTrace> traces = ActivationTracer.Trace(network, layer, null, image, recurse: true);
        Assert.Equal(layer, traces[0].Layer);
        Assert.All(traces, trace => Assert.True(trace.Agrees, trace.Calculation));
        foreach ((ActivationTrace above, ActivationTrace below) in traces.Zip(traces.Skip(1)))
        {
            Assert.Equal(above.Strongest!.From, below.Layer);
            Assert.Equal(below.Layer == "image" ? below.Computed : above.Strongest.Value, below.Activation, 1e-5);
            Assert.Equal(above.Strongest.At, below.At);
        }
        ActivationTrace pixel = traces[^1];
        Assert.Equal(("image", "pixel"), (pixel.Layer, pixel.Kind));
        int at = WindowPositions.Index([.. shape.ToArray()[1..], shape.Channels], [.. pixel.At.Skip(1), pixel.At[0]]);
        Assert.Equal(image.Pixels[at], pixel.Strongest!.Value);
    }

    [Fact]
    public void A_convolution_s_ledger_has_patch_kernel_products_and_channel_sums()
    {
        using Network network = TinyData.Network("conv3x3x2", new Shape(2, 3, 3));
        network.Normalization = new ChannelStatistics([0, 0], [1 / 255.0, 1 / 255.0]);
        using (no_grad())
        {
            network.Parameters[0].Value.copy_(arange(36, ScalarType.Float32).reshape(2, 2, 3, 3));
            network.Parameters[1].Value.copy_(tensor(new float[] { 0, 7 }));
        }
        // row, column, channel
        ImageSample image = new("Tiny", "Test", 3, null, null, 3, 3, 2, [.. Enumerable.Range(0, 18).Select(i => (byte)i)]);
        ActivationTrace trace = Assert.Single(ActivationTracer.Trace(network, "conv1", [1, 0, 0], image));
        Assert.Equal(18, trace.Contributions.Count);
        Assert.Equal(10, trace.Contributions.Count(tap => tap.IsPadding));
        Assert.Equal([2, 3, 3], trace.Window);
        Assert.Equal([0, 0, 0, 0, 0, 2, 0, 6, 8], trace.Contributions.Take(9).Select(tap => tap.Value));
        Assert.Equal(Enumerable.Range(18, 18).Select(i => (double)i), trace.Contributions.Select(tap => tap.Weight));
        // Channel 0: 0 2 / 6 8 with 22 23 / 25 26; channel 1: 1 3 / 7 9 with 31 32 / 34 35.
        Assert.Equal([404, 680], trace.ChannelSums.Select(sum => sum.Sum));
        Assert.Equal((7.0, 1091.0, 1091.0), (trace.Bias, trace.Computed, trace.Activation));
        Assert.Equal([1, 1, 1], trace.Strongest!.At);
        Assert.Contains("sum of 18 products  1084", trace.Calculation, StringComparison.Ordinal);
        Assert.Contains("they agree", trace.Calculation, StringComparison.Ordinal);
        Assert.Equal(["values", "weights", "products"], trace.ToPictures().Pictures.Select(picture => picture.Caption));
    }

    [Fact]
    public void A_wrong_sum_would_be_seen()
    {
        ActivationTrace trace = new("Test[0]", "fc1", "fc1", [0], "sum of products", [new([0], 2, 3, 6)], 1, 7, 7.001);
        Assert.False(trace.Agrees);
        Assert.Contains("THEY DIFFER", trace.Calculation, StringComparison.Ordinal);
        Assert.Contains("THEY DIFFER", trace.ToString(), StringComparison.Ordinal);
        Assert.True((trace with { Activation = 7.00001 }).Agrees);
    }

    [Fact]
    public void Bad_places_and_layers_are_said()
    {
        using Network network = TinyData.Network(),
            recurrent = TinyData.Network("lstm3 fc3", new Shape(2, 6));
        ImageSample image = Pictured.Noise(TinyData.Picture, 1);
        Assert.Equal(
            "At must be 3 numbers (channel first), from 0 to 3,5,5 for conv1 (4x6x6). Received: '4,0,0'.",
            Fails(network, "conv1", [4, 0, 0], image)
        );
        Assert.Contains("Received: '1'", Fails(network, "conv1", [1], image), StringComparison.Ordinal);
        Assert.Contains(
            "did you mean pool1?",
            Assert.Throws<NameNotFoundException>(() => ActivationTracer.Trace(network, "pol1", null, image)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("recurrent", Fails(recurrent, "lstm1", null, Pictured.Noise(new Shape(2, 6), 1)), StringComparison.Ordinal);
        Assert.Throws<ShapeMismatchException>(() => ActivationTracer.Trace(network, "conv1", null, image with { Width = 7 }));

        static string Fails(Network which, string layer, int[]? at, ImageSample image) =>
            Assert.Throws<InvalidSettingException>(() => ActivationTracer.Trace(which, layer, at, image)).Message;
    }

    [Fact]
    public void Nothing_is_left_behind_and_nothing_changed()
    {
        using Network network = TinyData.Network("conv3x3x4 bn relu res(conv3x3x4) pool2 fc3 softmax");
        ImageSample image = Pictured.Noise(TinyData.Picture, 5);
        float[] before = Pictured.State(network),
            output = Pictured.Output(network, image);
        Assert.Equal(0, LiveTensors.LeftBehindBy(() => ActivationTracer.Trace(network, "fc1", null, image, recurse: true)));
        Assert.Equal(before, Pictured.State(network));
        Assert.Equal(output, Pictured.Output(network, image));
    }

    private static bool Recurrent(string token) => NetworkSpec.Parse(token).Single() is RecurrentSpec;

    /// <summary>A network whose biases, running averages and normalization are not the usual zeros and ones.</summary>
    private static Network Stirred(string spec, Shape input)
    {
        Network network = TinyData.Network(spec, input);
        network.Normalization = new ChannelStatistics(
            [.. Enumerable.Range(0, input.Channels).Select(c => 0.3 + 0.02 * c)],
            [.. Enumerable.Range(0, input.Channels).Select(c => 0.2 + 0.01 * c)]
        );
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var random = new Generator(3);
        foreach (NamedTensor tensor in network.State.Where(tensor => !tensor.Name.EndsWith("codes", StringComparison.Ordinal)))
        {
            tensor.Value.add_(rand(tensor.Value.shape, generator: random) * 0.5 + 0.1);
        }
        return network;
    }
}
