using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>ONNX files with branches become networks with blocks and equal outputs: ours, and those of PyTorch's exporter.</summary>
public sealed class OnnxBranchTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("conv3x3x4 relu res(conv3x3x4 bn relu conv3x3x4 bn) relu globalavg fc2", 2, 8, 8)]
    [InlineData("conv3x3x4 resproj(conv3x3x6s2 gelu conv3x3x6) respad(conv3x3x8s2 bn) resproj(conv1x1x9) fc2", 2, 9, 8)]
    [InlineData("concat(conv1x1x3 relu | conv1x1x2 relu conv5x5x4 | pool3s1psame conv1x1x2 | ) add(conv3x3x4 | conv1x1x4 bn) fc2", 2, 7, 6)]
    [InlineData(
        "add(conv3x3x4 | conv1x1x4 | conv5x5x4 gelu | conv1x1x4 ln) res(res(conv3x3x4) relu concat(conv1x1x2 | conv1x1x2)) fc2",
        2,
        6,
        6
    )]
    [InlineData("res(conv3x3x2 gelu res(gelu conv3x3x2 concat(maxout2 | maxout2))) fc6 res(fc6) fc2", 2, 6, 6)]
    [InlineData(
        "conv7x7x4s2p3:2-nobias bn relu pool3s2p1:0 res(conv3x3x4-nobias bn relu conv3x3x4-nobias bn) relu "
            + "resproj(conv3x3x6s2p1:0-nobias bn relu conv3x3x6-nobias bn) relu avgpool2s1", // as CNTK wrote ResNet18
        3,
        16,
        16
    )]
    [InlineData("conv1d3x6 respad(conv1d3x8s2) res(lstm4-seq conv1d1x8) concat(fc2 | fc3 tanh) fc2", 2, 9)]
    public void Branches_come_back_as_the_same_blocks(string spec, params int[] shape)
    {
        using Network network = SampleNetworks.Make(spec, shape);
        using var folder = new TestFolder();
        OnnxExportTests.Write(network, folder["x.onnx"]);
        using Network read = Read(folder["x.onnx"]);

        Assert.Equal(network.ParameterCount, read.ParameterCount);
        Assert.Equal(
            network.Plan.AllLayers.Select(layer => (layer.Name, layer.Spec.Kind)),
            read.Plan.AllLayers.Select(layer => (layer.Name, layer.Spec.Kind))
        );
        AssertSame(network, read);
    }

    [Theory]
    [InlineData("ResNet20")]
    public void A_preset_with_branches_comes_back(string name)
    {
        using Network network = SampleNetworks.Preset(name);
        using var folder = new TestFolder();
        OnnxExportTests.Write(network, folder["x.onnx"]);
        using Network read = Read(folder["x.onnx"]);

        Assert.Equal(network.Plan.AllLayers.Select(layer => layer.Name), read.Plan.AllLayers.Select(layer => layer.Name));
        AssertSame(network, read);
    }

    [Fact]
    public void Names_within_blocks_come_back()
    {
        LayerSpec inner = NetworkSpec.Parse("conv3x3x4")[0] with { Name = "edges" };
        LayerSpec block = new Core.Layers.Blocks.ResidualSpec([inner, .. NetworkSpec.Parse("relu conv1x1x4")], default) with
        {
            Name = "stage",
        };
        using Network network = Network.Create(
            NetworkPlan.Fit([.. NetworkSpec.Parse("conv3x3x4"), block, .. NetworkSpec.Parse("fc2")], new Shape(2, 6, 6))
        );
        using var folder = new TestFolder();
        OnnxExportTests.Write(network, folder["x.onnx"]);
        using Network read = Read(folder["x.onnx"]);

        Assert.Equal(
            ["conv1", "stage", "stage.edges", "stage.relu1", "stage.conv2", "fc1"],
            read.Plan.AllLayers.Select(layer => layer.Name)
        );
    }

    [Fact]
    public void A_ResNet_and_an_Inception_block_of_PyTorch_become_the_same_network()
    {
        using var folder = new TestFolder();
        string output = ForeignProgram.RunPython(
            "torch",
            """
            import sys, torch
            from torch import nn
            folder = sys.argv[1]
            torch.manual_seed(1)
            class Basic(nn.Module):
                def __init__(self, a, b, s):
                    super().__init__()
                    self.main = nn.Sequential(nn.Conv2d(a, b, 3, s, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU(),
                                              nn.Conv2d(b, b, 3, 1, 1, bias=False), nn.BatchNorm2d(b))
                    self.down = nn.Sequential(nn.Conv2d(a, b, 1, s, bias=False), nn.BatchNorm2d(b)) if a != b or s != 1 else None
                def forward(self, x):
                    y = self.main(x)
                    y += x if self.down is None else self.down(x)
                    return torch.relu(y)
            class Inception(nn.Module):
                def __init__(self, a):
                    super().__init__()
                    self.one, self.three = nn.Conv2d(a, 4, 1), nn.Sequential(nn.Conv2d(a, 3, 1), nn.ReLU(), nn.Conv2d(3, 5, 3, padding=1))
                    self.pool = nn.Sequential(nn.MaxPool2d(3, 1, 1), nn.Conv2d(a, 2, 1))
                def forward(self, x):
                    return torch.cat([torch.relu(self.one(x)), torch.relu(self.three(x)), torch.relu(self.pool(x))], 1)
            model = nn.Sequential(nn.Conv2d(3, 8, 7, 2, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(3, 2, 1),
                                  Basic(8, 8, 1), Basic(8, 12, 2), Inception(12), Basic(11, 11, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
                                  nn.Linear(11, 5)).eval()
            x = torch.randn(2, 3, 32, 32)
            x.numpy().tofile(folder + "/batch.bin")
            with torch.no_grad():
                for name, value in model.state_dict().items():
                    if name.endswith("running_var"):
                        value.uniform_(0.5, 2)
                y = model(x)
            torch.onnx.export(model, x, folder + "/theirs.onnx", opset_version=17)
            print("outputs " + ",".join(str(value) for value in y.flatten().tolist()))
            """,
            folder.Root
        );
        using Network read = Read(folder["theirs.onnx"]);
        using Tensor batch = SampleNetworks.Read(folder["batch.bin"], 2, 3, 32, 32);
        float[] theirs = SampleNetworks.Parse(output.Split('\n').First(line => line.StartsWith("outputs ", StringComparison.Ordinal))[8..]);

        Assert.Equal(
            "conv relu pool res relu add relu concat res relu pool fc",
            string.Join(' ', read.Layers.Select(layer => layer.Spec.Kind))
        );
        SampleNetworks.AssertClose(theirs, SampleNetworks.Outputs(read, batch), Tolerance, read.Spec);
    }

    [Theory]
    [InlineData("x = torch.relu(self.conv(x)); return x * torch.sigmoid(x)", "Mul")]
    [InlineData("a = self.conv(x); b = torch.relu(a); return torch.cat([a, torch.tanh(b), torch.sigmoid(b)], 1)", "Relu")]
    [InlineData("a = self.conv(x); return torch.cat([a, torch.tanh(a)], 2)", "Concat")]
    public void Other_branches_are_refused_with_the_operator(string forward, string operation)
    {
        using var folder = new TestFolder();
        ForeignProgram.RunPython(
            "torch",
            $$"""
            import sys, torch
            from torch import nn
            class Model(nn.Module):
                def __init__(self):
                    super().__init__()
                    self.conv = nn.Conv2d(3, 3, 3)
                def forward(self, x):
                    {{forward}}
            torch.onnx.export(Model().eval(), torch.randn(1, 3, 8, 8), sys.argv[1] + "/x.onnx", opset_version=17)
            """,
            folder.Root
        );
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => Read(folder["x.onnx"]));

        Assert.Equal("NetworkFile.Unsupported", error.ErrorId);
        Assert.Contains(operation, error.Message, StringComparison.Ordinal);
    }

    private static Network Read(string path) => NetworkFormats.ForReading(path).Read(path, new ImportSettings());

    private static void AssertSame(Network network, Network read)
    {
        using Tensor batch = SampleNetworks.Batch(network);
        SampleNetworks.AssertClose(SampleNetworks.Outputs(network, batch), SampleNetworks.Outputs(read, batch), Tolerance, read.Spec);
    }
}
