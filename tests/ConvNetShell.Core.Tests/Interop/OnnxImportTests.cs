using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Interop.NetworkCode;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Sequential ONNX files become networks with equal outputs: ours, and those of PyTorch's exporter.</summary>
public sealed class OnnxImportTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("CIFAR10")]
    [InlineData("CIFAR10Fast")]
    [InlineData("LeNet5")]
    [InlineData("AlexNet2012")]
    [InlineData("C3D")]
    [InlineData("Conv1D")]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    [InlineData("MLP")]
    [InlineData("TwoStream")]
    [InlineData("PictureStream")]
    [InlineData("SoundStream")]
    public void A_preset_comes_back(string name)
    {
        using Network network = SampleNetworks.Preset(name);
        network.Normalization = new ChannelStatistics(
            [.. Enumerable.Repeat(0.4, network.InputShape.Channels)],
            [.. Enumerable.Repeat(0.2, network.InputShape.Channels)]
        );
        using var folder = new TestFolder();
        OnnxExportTests.Write(network, folder["x.onnx"]);
        using Network read = Read(folder["x.onnx"]);

        AssertSameKinds(network, read);
        Assert.Equal(network.Name, read.Name);
        Assert.Equal(network.Normalization, read.Normalization);
        AssertSame(network, read);
    }

    [Theory]
    [InlineData("conv3x3x6s2 leakyrelu avgpool3s2p1 deconv3x3x4s2p1e1 gn2 sigmoid lrn3 scale0.5 globalmax fc4", 3, 13, 11)]
    [InlineData("conv1d3x6 lrn3 ln scaledtanh pool2s1psame fc4 bn softmax", 2, 10)]
    [InlineData("conv3x3x6 maxout3 relu fc8 maxout2 fc3", 2, 5, 4)]
    [InlineData("gru4-seq-bi lstm3-seq rnn5-bi fc2", 2, 7)]
    [InlineData("conv3x3x5p0:1x1:0 subsample2 drop0.1 flatten fc2-nobias", 2, 8, 8)]
    public void Every_kind_of_sequential_layer_comes_back(string spec, params int[] shape)
    {
        using Network network = SampleNetworks.Make(spec, shape);
        using var folder = new TestFolder();
        OnnxExportTests.Write(network, folder["x.onnx"]);
        using Network read = Read(folder["x.onnx"]);

        AssertSameKinds(network, read);
        AssertSame(network, read);
    }

    [Fact]
    public void Classes_and_included_preprocessing_come_back()
    {
        using Network network = SampleNetworks.Make("conv3x3x4 relu fc3", 3, 6, 6);
        network.Classes = ["cat", "dog", "ship"];
        network.Normalization = new ChannelStatistics([0.4, 0.5, 0.6], [0.2, 0.25, 0.3]);
        using var folder = new TestFolder();
        OnnxExportTests.Write(network, folder["x.onnx"], preprocess: true);
        using Network read = Read(folder["x.onnx"]);

        Assert.Equal(network.Classes, read.Classes);
        Assert.Equal(network.Spec, read.Spec);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(network.Normalization.Mean[i], read.Normalization!.Mean[i], 1e-6);
            Assert.Equal(network.Normalization.StandardDeviation[i], read.Normalization.StandardDeviation[i], 1e-6);
        }
        AssertSame(network, read);
    }

    [Fact]
    public void Names_of_layers_come_back()
    {
        LayerSpec[] layers = [.. NetworkSpec.Parse("conv3x3x4 relu conv1x1x3 fc3")];
        layers[0] = layers[0] with { Name = "edges" };
        layers[3] = layers[3] with { Name = "head" };
        using Network network = Network.Create(NetworkPlan.Fit(layers, new Shape(3, 6, 6)));
        using var folder = new TestFolder();
        OnnxExportTests.Write(network, folder["x.onnx"]);
        using Network read = Read(folder["x.onnx"]);

        Assert.Equal(["edges", "relu1", "conv2", "head"], read.Layers.Select(layer => layer.Name));
        Assert.Equal([.. layers.Select(layer => layer.Name)], read.Layers.Select(layer => layer.Spec.Name));
    }

    [Fact]
    public void Weights_go_into_a_network_of_the_same_layers()
    {
        using Network network = SampleNetworks.Make("conv3x3x4 relu flatten fc3", 3, 6, 6);
        using Network into = Network.Create(network.Plan, seed: 99);
        using Network other = SampleNetworks.Make("conv3x3x5 relu fc3", 3, 6, 6);
        using var folder = new TestFolder();
        OnnxExportTests.Write(network, folder["x.onnx"]);

        Assert.Same(into, NetworkFormats.ForReading("x.onnx").Read(folder["x.onnx"], new ImportSettings { Into = into }));
        AssertSame(network, into);
        Assert.Throws<NetworkFileException>(() =>
            NetworkFormats.ForReading("x.onnx").Read(folder["x.onnx"], new ImportSettings { Into = other })
        );
    }

    [Theory]
    [InlineData("conv5x5x8 relu pool2 conv3x3x6s2p1-nobias leakyrelu bn avgpool3s2p1 fc10 tanh drop0.5 fc4 softmax", 3, 16, 12)]
    [InlineData("conv3x2x6s2x1p1x0 gelu pool3x2s2p1 conv1x1x4g2 sigmoid globalmax fc3", 2, 9, 8)]
    [InlineData("deconv4x4x4s2p1 gn2 ln globalavg fc4", 2, 5, 6)]
    [InlineData("conv1d3x6 relu pool2 bn flatten fc2", 2, 8)]
    [InlineData("conv3d3x3x3x3 relu pool1x2x2 fc3", 1, 5, 6, 6)]
    public void A_file_of_PyTorch_becomes_the_same_network(string spec, params int[] shape)
    {
        using Network network = SampleNetworks.Make(spec, shape);
        using var folder = new TestFolder();
        using Tensor batch = SampleNetworks.Batch(network);
        SampleNetworks.Write(folder["batch.bin"], batch);
        File.WriteAllText(folder["model.py"], NetworkCodeWriter.Write(network, CodeLanguage.PyTorch));
        string output = ForeignProgram.RunPython(
            "torch",
            """
            import runpy, sys, torch
            folder = sys.argv[1]
            torch.manual_seed(1)
            model = runpy.run_path(folder + "/model.py")["model"].eval()
            x = torch.frombuffer(bytearray(open(folder + "/batch.bin", "rb").read()), dtype=torch.float32)
            x = x.reshape([int(size) for size in sys.argv[2].split("x")])
            with torch.no_grad():
                for name, value in model.state_dict().items():
                    if name.endswith("running_var"):
                        value.uniform_(0.5, 2)
                    elif value.is_floating_point() and value.dim() == 1:
                        value.add_(torch.randn_like(value) * 0.1)
                y = model(x)
            torch.onnx.export(model, x, folder + "/theirs.onnx", opset_version=17, input_names=["input"], output_names=["output"],
                              dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})
            print("outputs " + ",".join(str(value) for value in y.flatten().tolist()))
            """,
            folder.Root,
            string.Join('x', batch.shape)
        );
        using Network read = Read(folder["theirs.onnx"]);
        float[] theirs = SampleNetworks.Parse(output.Split('\n').First(line => line.StartsWith("outputs ", StringComparison.Ordinal))[8..]);

        Assert.Equal(network.ParameterCount, read.ParameterCount);
        SampleNetworks.AssertClose(theirs, SampleNetworks.Outputs(read, batch), Tolerance, $"{spec} as {read.Spec}");
    }

    private static Network Read(string path) => NetworkFormats.ForReading(path).Read(path, new ImportSettings());

    // a padding of 2 and one that keeps the size may be the same
    private static void AssertSameKinds(Network network, Network read) =>
        Assert.Equal(network.Layers.Select(layer => layer.Spec.Kind), read.Layers.Select(layer => layer.Spec.Kind));

    private static void AssertSame(Network network, Network read)
    {
        using Tensor batch = SampleNetworks.Batch(network);
        SampleNetworks.AssertClose(SampleNetworks.Outputs(network, batch), SampleNetworks.Outputs(read, batch), Tolerance, read.Spec);
    }
}
