using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Core.Tests.Networks;

/// <summary>Figures of networks that others have counted too.</summary>
public sealed class PresetFigureTests
{
    [Fact]
    public void Cifar10_has_the_lectures_parameters()
    {
        NetworkPlan plan = Plan(NetworkPresets.Find("cifar10").Spec, "3,32,32");
        Assert.Equal([1216, 8020, 10020, 3210], plan.Layers.Select(layer => layer.ParameterCount).Where(count => count > 0));
        Assert.Equal((22466, 3920000), (plan.ParameterCount, plan.MultiplyAdds));
    }

    [Theory]
    [InlineData("conv5x5x8 relu pool2 conv5x5x16 relu pool3 fc10 softmax", "1,24,24", 5994, 578560, 18, 6)] // ConvNetJS, MNIST
    [InlineData("conv5x5x8p2 relu pool2 conv5x5x16p2 relu pool3 fc10 softmax", "1,24,24", 5994, 578560, 18, 6)]
    // LeNet-5 as it is built now
    [InlineData("conv5x5x6 relu pool2 conv5x5x16p0 relu pool2 fc120 relu fc84 relu fc10", "1,28,28", 61706, 416520, 16, 4)]
    [InlineData("conv5x5x6p0 relu pool2 conv5x5x16p0 relu pool2 fc120 relu fc84 relu fc10", "1,32,32", 61706, 416520, 16, 4)]
    // the net of torchinfo's README
    [InlineData("conv5x5x10p0 pool2 relu conv5x5x20p0 drop0.5 pool2 relu fc50 relu fc10", "1,28,28", 21840, 480500, 16, 4)]
    [InlineData("conv3x3x32p0 relu conv3x3x64p0 relu pool2 fc128 relu fc10", "1,28,28", 1199882, 11992448, 6, 2)] // pytorch/examples
    [InlineData("conv5x5x20p0 pool2 conv5x5x50p0 pool2 fc500 relu fc10", "1,28,28", 431080, 2293000, 16, 4)] // Caffe
    [InlineData("conv5x5x16 relu pool2 conv5x5x20 relu pool2 conv5x5x20 relu pool2 fc10 softmax", "3,32,32", 22466, 3920000, 36, 8)]
    [InlineData(
        "conv11x11x64s4p2 relu pool3s2 conv5x5x192p2 relu pool3s2 conv3x3x384p1 relu conv3x3x256p1 relu conv3x3x256p1 relu "
            + "pool3s2 fc4096 relu fc4096 relu fc1000",
        "3,224,224",
        61100840,
        714188480,
        195,
        32
    )] // AlexNet, torchvision
    public void Figures_are_the_known_ones(string spec, string input, long parameters, long macs, int field, int jump)
    {
        NetworkSummary summary = NetworkSummarizer.Summarize(Plan(spec, input), "Known");
        LayerSummary lastPool = summary.Layers.Last(layer => layer.Type == "MaxPool");
        Assert.Equal((parameters, macs, field, jump), (summary.Parameters, summary.MACs, lastPool.ReceptiveField, lastPool.Jump));
    }

    [Theory]
    [InlineData("CIFAR10", 22466)]
    [InlineData("CIFAR10Fast", 1971640)] // airbench94.py has the same
    [InlineData("ResNet20", 269722)] // option A: shortcuts without weights
    [InlineData("VGG16", 14728266 - 4224)] // pytorch-cifar's, whose convolutions have biases before their normalization
    [InlineData("MobileNet", 3217226)] // pytorch-cifar's too
    [InlineData("LeNet5", 61706)]
    [InlineData("LeNet5-1998", 60000)]
    [InlineData("ConvNetJSMNIST", 5994)]
    [InlineData("AlexNet", 61100840)] // torchvision's documentation
    [InlineData("AlexNet2012", 60965224)]
    [InlineData("C3D", 8 * 28 + 16 * 217 + 32 * 433 + 64 * (32 * 2 * 3 * 3 + 1) + 6 * 65)]
    [InlineData("Conv1D", 16 * 8 + 32 * 81 + 32 * 97 + 6 * 33)]
    [InlineData("LSTM", 4 * 32 * (1 + 32 + 2) + 6 * 33)]
    [InlineData("GRU", 3 * 32 * (1 + 32 + 2) + 6 * 33)]
    [InlineData("MLP", 784 * 256 + 256 + 256 * 128 + 128 + 1290)]
    public void Presets_say_their_parameters(string name, long parameters) =>
        Assert.Equal(parameters, NetworkPresets.Find(name).ParameterCount);

    /// <summary>
    /// 272,474 is ResNet-20 with projections (option B) as shortcuts where the size halves; the paper's CIFAR networks take option A.
    /// </summary>
    [Fact]
    public void ResNet_20_with_projections_has_the_other_known_count()
    {
        string spec = NetworkPresets.Find("ResNet20").Spec.Replace("respad(", "resproj(", StringComparison.Ordinal);
        Assert.Equal(272474, Plan(spec, "3,32,32").ParameterCount);
    }

    [Fact]
    public void The_connection_table_has_the_papers_parameters()
    {
        NetworkPlan plan = NetworkPlan.Fit(NetworkPresets.Find("LeNet5-1998").Layers(), new Shape(1, 28, 28));
        // C1 S2 C3 S4 C5 F6
        Assert.Equal([156, 12, 1516, 32, 48120, 10164], plan.Layers.Select(layer => layer.ParameterCount).Where(count => count > 0));
    }

    [Fact]
    public void Every_preset_has_a_source() =>
        Assert.All(NetworkPresets.All, preset => Assert.True(preset.Source.Length > 20, preset.Name));

    [Fact]
    public void Live_network_has_as_many_weights_as_its_plan_says()
    {
        foreach (NetworkPreset preset in NetworkPresets.All)
        {
            using Network network = Network.Create(NetworkPlan.Fit(preset.Layers(), preset.InputShape));
            Assert.Equal(preset.ParameterCount, network.Parameters.Sum(tensor => tensor.Value.numel()));
        }
    }

    private static NetworkPlan Plan(string spec, string input) => NetworkPlan.Fit(NetworkSpec.Parse(spec), Shape.Parse(input));
}
