using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.NetworkCode;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Captions;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Tests.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Generated code makes networks of the same shapes, counts and outputs in the other language.</summary>
public sealed class NetworkCodeTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string, int[]> Torch =>
        new()
        {
            { "conv5x5x16 relu pool2 conv5x5x20-nobias leakyrelu avgpool3s2p1 fc10 softmax", [3, 32, 32] },
            { "conv3x2x6s2x1p0:1x1:0 gelu pool3x2s2psame drop0.3 bn spatialdrop0.2 conv1x1x4d2g2 sigmoid globalmax fc3", [2, 9, 8] },
            { "deconv3x3x4s2 tanh deconv4x4x3s2 gn3 ln lrn3 scale0.5 adaptiveavg3x2 scaledtanh flatten fc4", [2, 5, 6] },
            { "conv1d3x6 relu gru4-seq-bi lstm3-seq rnn5-bi fc2", [2, 7] },
            { "conv3x3x6 maxout3 fc8 maxout2 fc3", [2, 5, 4] },
            { "conv3x3x6 bn-m0.4-eps1e-12-noscale relu fc8 bn-eps0.01-noscale fc3", [2, 5, 4] },
            { "conv3d2x2x2x3 relu pool1x2x2 adaptiveavg2 fc3", [1, 5, 6, 6] },
            {
                "add(conv3x3x4 | conv1x1x4 relu) respad(conv3x3x7s2 bn) resproj(conv3x3x8) concat(pool2s1psame | ) globalavg fc3",
                [2, 8, 8]
            },
        };

    [Fact]
    public void PyTorch_computes_the_same()
    {
        Network[] networks = [.. Torch.Select(row => SampleNetworks.Make(row.Data.Item1, row.Data.Item2))];
        AssertPyTorch(networks);
        Array.ForEach(networks, network => network.Dispose());
    }

    [Fact]
    public void PyTorch_computes_the_presets()
    {
        Network[] networks =
        [
            .. NetworkPresets
                .All.Where(preset =>
                    preset.ParameterCount < 2_000_000 && preset.Name != "LeNet5-1998" && preset.Layers()[^1] is not CaptionSpec
                )
                .Select(preset => SampleNetworks.Preset(preset.Name)),
        ];
        AssertPyTorch(networks);
        Array.ForEach(networks, network => network.Dispose());
    }

    [Theory]
    [MemberData(nameof(Torch))]
    public void TorchSharp_computes_the_same(string spec, int[] shape)
    {
        using Network network = SampleNetworks.Make(spec, shape);
        using var scope = NewDisposeScope();
        Type type = GeneratedCode.Compile(NetworkCodeWriter.Write(network, CodeLanguage.TorchSharp)).GetType("NetworkModel")!;
        var model = (nn.Module<Tensor, Tensor>)type.GetMethod("Create")!.Invoke(null, [])!;
        model.eval();
        Dictionary<string, Tensor> weights = model
            .state_dict()
            .Where(pair => !pair.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            .ToDictionary(pair => Plain(pair.Key), pair => pair.Value);

        Assert.Equal(network.State.Select(tensor => tensor.Name).Order(), weights.Keys.Order());
        using (no_grad())
        {
            foreach (NamedTensor tensor in network.State)
            {
                weights[tensor.Name].copy_(tensor.Value);
            }
        }
        Tensor batch = SampleNetworks.Batch(network);
        // With gradients: without, libtorch 2.10 takes oneDNN's LSTM, which is off by 1e-2 on processors with AVX512_BF16.
        SampleNetworks.AssertClose(
            SampleNetworks.Outputs(network, batch),
            model.call(batch).detach().contiguous().data<float>().ToArray(),
            Tolerance,
            spec
        );
        model.Dispose();
    }

    [Theory]
    [InlineData("conv5x5x16 relu pool2 conv5x5x20 relu pool2 drop0.5 fc20 sigmoid fc10 softmax", 3, 32, 32)]
    [InlineData("conv3x3x4s2p1 tanh lrn3 pool3s2 fc3", 2, 13, 11)]
    [InlineData("fc20 relu fc6 maxout2 fc5 softmax", 7)]
    public void ConvNetJs_has_the_same_shapes_and_counts(string spec, params int[] shape)
    {
        using Network network = SampleNetworks.Make(spec, shape);
        string code = NetworkCodeWriter.Write(network, CodeLanguage.ConvNetJS);
        string output = ForeignProgram.RunConvNetJs(
            code
                + """
                var count = 0, last = net.layers[net.layers.length - 1];
                net.getParamsAndGrads().forEach(p => count += p.params.length);
                console.log(count + ',' + [last.out_sx, last.out_sy, last.out_depth].join());
                """
        );

        Assert.Equal($"{network.ParameterCount},1,1,{network.OutputShape.Channels}", output.Trim());
    }

    [Theory]
    [InlineData(CodeLanguage.PyTorch, "local3x3x4 fc2", "local1")]
    [InlineData(CodeLanguage.TorchSharp, "mapconv3x3:01/12 fc2", "conv1")]
    [InlineData(CodeLanguage.TorchSharp, "lrn4 fc2", "lrn1")]
    [InlineData(CodeLanguage.Keras, "conv3x3x3 lrn5 fc2", "lrn1")]
    [InlineData(CodeLanguage.Keras, "deconv3x3x4s2g2 fc2", "deconv1")]
    [InlineData(CodeLanguage.ConvNetJS, "conv3x3x3 gelu fc2", "gelu1")]
    [InlineData(CodeLanguage.ConvNetJS, "conv3x3x3-nobias fc2", "conv1")]
    [InlineData(CodeLanguage.ConvNetJS, "avgpool2 fc2", "pool1")]
    [InlineData(CodeLanguage.ConvNetJS, "res(conv3x3x4) fc2", "res1")]
    [InlineData(CodeLanguage.ConvNetJS, "fc2 relu", "relu1")]
    public void A_layer_that_a_language_lacks_is_named(CodeLanguage language, string spec, string layer)
    {
        using Network network = SampleNetworks.Make(spec, 4, 6, 6);
        LayerException error = Assert.Throws<LayerException>(() => NetworkCodeWriter.Write(network, language));

        Assert.Contains(layer, error.Message, StringComparison.Ordinal);
        Assert.Contains(language.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spec_makes_the_same_layers()
    {
        using Network network = SampleNetworks.Preset("ResNet20");

        Assert.Equal(network.Spec, NetworkSpec.Write(NetworkSpec.Parse(NetworkCodeWriter.Write(network, CodeLanguage.Spec))));
    }

    [Fact]
    public void Keras_code_has_the_layers_channels_last()
    {
        using Network network = SampleNetworks.Make(
            "conv5x5x16 relu pool3s2p1 conv3x3x4s2psame-nobias bn avgpool2 res(conv1x1x4) globalavg fc10 softmax",
            3,
            32,
            30
        );
        string code = NetworkCodeWriter.Write(network, CodeLanguage.Keras);

        Assert.Contains("keras.Input(shape=(32, 30, 3))", code, StringComparison.Ordinal);
        Assert.Contains("x = layers.Conv2D(16, 5, padding=\"same\", name=\"conv1\")(x)", code, StringComparison.Ordinal);
        Assert.Contains("layers.Conv2D(4, 3, strides=2, padding=\"same\", use_bias=False, name=\"conv2\")", code, StringComparison.Ordinal);
        Assert.Contains("x = layers.Add(name=\"res1\")([res1_1, res1_2])", code, StringComparison.Ordinal);
        Assert.Contains("layers.BatchNormalization(momentum=0.9, epsilon=1e-5, name=\"bn1\")", code, StringComparison.Ordinal);
        // Python itself says whether it is Python
        ForeignProgram.RunPython("ast", "import ast, sys; ast.parse(sys.argv[1])", code);
    }

    [Theory]
    [InlineData("conv5x5x16 relu pool2 conv5x5x20-nobias leakyrelu avgpool3s2p1 fc10 softmax", 3, 32, 32)]
    [InlineData("conv3x2x6s2x1p0:1x1:0 gelu pool3x2s2psame drop0.3 bn spatialdrop0.2 conv1x1x4d2g2 sigmoid globalmax fc3", 2, 9, 8)]
    [InlineData("deconv3x3x4s2 tanh deconv4x4x3s2 gn3 ln scale0.5 maxout3 adaptiveavg2x5 scaledtanh flatten fc4", 2, 5, 5)]
    [InlineData("conv1d3x6 relu gru4-seq-bi gru3 fc2", 2, 7)]
    [InlineData("conv3x3x6 bn-m0.4-eps1e-12-noscale relu fc2", 2, 5, 4)]
    [InlineData("conv3d2x2x2x3 relu pool1x2x2p0:0x1:1x0:0 adaptiveavg1x1x3 fc3", 1, 5, 6, 6)]
    [InlineData("add(conv3x3x4 | conv1x1x4 relu) respad(conv3x3x7s2 bn) resproj(conv3x3x8) concat(pool2s1psame | ) globalavg fc3", 2, 8, 8)]
    public void Keras_code_has_the_same_shapes_and_counts(string spec, params int[] shape)
    {
        using Network network = SampleNetworks.Make(spec, shape);
        string folder = Path.Combine(AppContext.BaseDirectory, "Interop");
        string output = ForeignProgram.RunPython(
            "h5py", // which brings numpy
            File.ReadAllText(Path.Combine(folder, "keras.py")).Split("if __name__", 2)[0]
                + File.ReadAllText(Path.Combine(folder, "kerasmodule.py")),
            NetworkCodeWriter.Write(network, CodeLanguage.Keras)
        );

        int[] last = network.OutputShape.ToArray();
        Assert.Equal($"{network.ParameterCount} {string.Join('x', [.. last[1..], last[0]])}", output.Trim());
    }

    [Fact]
    public void Hostile_names_stay_texts()
    {
        LayerSpec layer = NetworkSpec.Parse("conv3x3x3")[0] with { Name = "a\"); import os #\n'" };
        using Network network = Network.Create(
            NetworkPlan.Fit([layer, .. NetworkSpec.Parse("fc2")], new Core.Numerics.Shape(3, 6, 6)),
            name: "x\nimport os"
        );
        foreach (CodeLanguage language in new[] { CodeLanguage.PyTorch, CodeLanguage.Keras })
        {
            string code = NetworkCodeWriter.Write(network, language);
            Assert.DoesNotContain("\nimport os", code, StringComparison.Ordinal);
            ForeignProgram.RunPython("ast", "import ast, sys; ast.parse(sys.argv[1])", code);
        }
        GeneratedCode.Compile(NetworkCodeWriter.Write(network, CodeLanguage.TorchSharp));
    }

    private static void AssertPyTorch(params Network[] networks)
    {
        using var folder = new TestFolder();
        Tensor[] batches = [.. networks.Select((network, i) => WriteFor(network, Directory.CreateDirectory(folder[$"{i}"]).FullName))];
        string output = ForeignProgram.RunPython(
            "torch",
            """
            import runpy, sys, torch
            for folder, shape in zip(sys.argv[1::2], sys.argv[2::2]):
                read = lambda name: torch.frombuffer(bytearray(open(folder + "/" + name, "rb").read()), dtype=torch.float32)
                model = runpy.run_path(folder + "/model.py")["model"].eval()
                plain = lambda key: key.replace(".cell.", ".").replace("_l0", "")
                state = {plain(key): value for key, value in model.state_dict().items() if not key.endswith("num_batches_tracked")}
                weights, at = read("weights.bin"), 0
                lines = [line.split() for line in open(folder + "/names.txt")]
                assert sorted(state) == sorted(name for name, _ in lines), (sorted(state), lines)
                for name, count in lines:
                    state[name].copy_(weights[at:at + int(count)].reshape(state[name].shape))
                    at += int(count)
                print(sum(p.numel() for p in model.parameters() if p.requires_grad))
                with torch.no_grad():
                    y = model(read("batch.bin").reshape([int(size) for size in shape.split("x")]))
                print(",".join(str(value) for value in y.flatten().tolist()))
            """,
            [.. batches.SelectMany((batch, i) => new[] { folder[$"{i}"], string.Join('x', batch.shape) })]
        );
        string[] lines = output.Trim().Split('\n');

        Assert.Equal(2 * networks.Length, lines.Length);
        foreach ((int i, Network network) in networks.Index())
        {
            Assert.Equal(network.ParameterCount, long.Parse(lines[2 * i], CultureInfo.InvariantCulture));
            float[] theirs = SampleNetworks.Parse(lines[(2 * i) + 1]);
            SampleNetworks.AssertClose(SampleNetworks.Outputs(network, batches[i]), theirs, Tolerance, network.Spec);
            batches[i].Dispose();
        }
    }

    private static Tensor WriteFor(Network network, string folder)
    {
        File.WriteAllText(Path.Combine(folder, "model.py"), NetworkCodeWriter.Write(network, CodeLanguage.PyTorch));
        File.WriteAllLines(
            Path.Combine(folder, "names.txt"),
            network.State.Select(tensor => string.Create(CultureInfo.InvariantCulture, $"{tensor.Name} {tensor.Value.NumberOfElements}"))
        );
        using Tensor weights = cat([.. network.State.Select(tensor => tensor.Value.detach().to(ScalarType.Float32).flatten())], 0);
        Tensor batch = SampleNetworks.Batch(network);
        SampleNetworks.Write(Path.Combine(folder, "weights.bin"), weights);
        SampleNetworks.Write(Path.Combine(folder, "batch.bin"), batch);
        return batch;
    }

    // weights of a cell are named after the cell of its layer, and the number of its level
    private static string Plain(string name) =>
        name.Replace(".cell.", ".", StringComparison.Ordinal).Replace("_l0", string.Empty, StringComparison.Ordinal);
}
