using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Files that PyTorch wrote, and PyTorch reading ours; a reader of safetensors in ten lines of Python stands for others.</summary>
public sealed class PyTorchFileTests : IDisposable
{
    private const string Model = """
        import torch, collections, json, struct, sys
        from torch import nn
        torch.manual_seed(3)
        folder = sys.argv[1] + '/'
        types = {'F64': torch.float64, 'F32': torch.float32, 'F16': torch.float16, 'BF16': torch.bfloat16, 'I64': torch.int64}
        def load(name):
            bytes = open(folder + name, 'rb').read()
            n, = struct.unpack('<Q', bytes[:8])
            header = json.loads(bytes[8:8 + n])
            header.pop('__metadata__', None)
            data = bytearray(bytes[8 + n:])
            return {k: torch.frombuffer(data, dtype=types[v['dtype']], offset=v['data_offsets'][0],
                    count=(v['data_offsets'][1] - v['data_offsets'][0])
                    // torch.empty(0, dtype=types[v['dtype']]).element_size()).reshape(v['shape'])
                    for k, v in header.items()}
        named = lambda: nn.Sequential(collections.OrderedDict(conv1=nn.Conv2d(2, 4, 3, padding=1), bn1=nn.BatchNorm2d(4), relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2), conv2=nn.Conv2d(4, 4, 3, padding=1, bias=False), relu2=nn.ReLU(),
            flatten1=nn.Flatten(), fc1=nn.Linear(36, 3)))
        plain = lambda: nn.Sequential(*named().children())
        image = torch.linspace(-1, 1, 72).reshape(1, 2, 6, 6)
        def trained(model):
            model.train()(torch.randn(8, 2, 6, 6))
            return model.eval()
        def show(model):
            print(' '.join('%.9g' % x for x in model(image).detach().flatten().tolist()))

        """;

    private const string Spec = "conv3x3x4 bn relu pool2 conv3x3x4-nobias relu flatten fc3";
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("torch.save(m.state_dict(), folder + 'a.pth')")]
    [InlineData("torch.save(m.state_dict(), folder + 'a.pth', _use_new_zipfile_serialization=False)")]
    [InlineData("torch.save(dict(m.state_dict()), folder + 'a.pth')")]
    [InlineData("torch.save({'epoch': 3, 'loss': 0.5, 'best': None, 'lrs': [0.1, 1], 'state_dict': m.state_dict()}, folder + 'a.pth')")]
    [InlineData("torch.save({'model': nn.DataParallel(m).state_dict()}, folder + 'a.pth')")]
    [InlineData("torch.save({k: nn.Parameter(v) if v.is_floating_point() else v for k, v in m.state_dict().items()}, folder + 'a.pth')")]
    [InlineData("torch.save({k: v.double() for k, v in m.state_dict().items()}, folder + 'a.pth')")]
    [InlineData("torch.save({k: v.transpose(0, -1).contiguous().transpose(0, -1) for k, v in m.state_dict().items()}, folder + 'a.pth')")]
    [InlineData(
        "p = plain(); p.load_state_dict(dict(zip(p.state_dict(), m.state_dict().values()))); torch.save(p.state_dict(), folder + 'a.pth')"
    )]
    [InlineData(
        "torch.save({'features.' + k if 'fc' not in k else 'classifier.1.' + k: v for k, v in m.state_dict().items()}, folder + 'a.pth')"
    )]
    [InlineData("torch.save(m.state_dict(), folder + 'a.pth', pickle_protocol=4)")]
    public void Weights_of_PyTorch_give_PyTorchs_outputs(string save)
    {
        double[] wanted = Python($"m = trained(named()); show(m); {save}");
        using Network network = InteropData.Network(Spec);
        _ = NetworkFormats.ForReading("a.pth").Read(folder["a.pth"], new ImportSettings { Into = network });

        Assert.All(Outputs(network).Zip(wanted), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Theory]
    [InlineData(ParameterNaming.Layer, WeightType.Float32, "named", 1e-5)]
    [InlineData(ParameterNaming.Index, WeightType.Float32, "plain", 1e-5)]
    [InlineData(ParameterNaming.Layer, WeightType.Float16, "named", 1e-2)]
    [InlineData(ParameterNaming.Layer, WeightType.BFloat16, "named", 0.1)]
    public void PyTorch_reads_our_safetensors(ParameterNaming naming, WeightType type, string model, double error)
    {
        using Network network = InteropData.Network(Spec);
        NetworkFormats
            .ForWriting("a.safetensors")
            .Write(folder["a.safetensors"], network, new ExportSettings { Naming = naming, Type = type });
        double[] outputs = Python(
            $"m = {model}().eval(); m.load_state_dict({{k: v.float() for k, v in load('a.safetensors').items()}}); show(m)"
        );

        Assert.All(Outputs(network).Zip(outputs), pair => Assert.Equal(pair.Second, pair.First, error));
    }

    [Theory]
    [InlineData(ParameterNaming.Layer, WeightType.Float32, "named")]
    [InlineData(ParameterNaming.Index, WeightType.Float32, "plain")]
    [InlineData(ParameterNaming.Layer, WeightType.Float16, "named")]
    [InlineData(ParameterNaming.Index, WeightType.BFloat16, "plain")]
    public void PyTorch_reads_our_state_dict_bit_for_bit(ParameterNaming naming, WeightType type, string model)
    {
        using Network network = InteropData.Network(Spec);
        var settings = new ExportSettings { Naming = naming, Type = type };
        NetworkFormats.ForWriting("a.pth").Write(folder["a.pth"], network, settings);
        NetworkFormats.ForWriting("a.safetensors").Write(folder["a.safetensors"], network, settings);
        double[] outputs = Python(
            "a = torch.load(folder + 'a.pth'); b = load('a.safetensors'); assert type(a) is collections.OrderedDict and set(a) == set(b); "
                + "assert all(a[k].dtype == b[k].dtype and torch.equal(a[k], b[k]) and a[k].is_contiguous() for k in b); "
                + $"m = {model}().eval(); m.load_state_dict({{k: v.float() for k, v in a.items()}}); show(m)"
        );
        using Network read = InteropData.Network(Spec, seed: 9);
        _ = NetworkFormats.ForReading("a.pth").Read(folder["a.pth"], new ImportSettings { Into = read });

        Assert.All(Outputs(read).Zip(outputs), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        if (type == WeightType.Float32)
        {
            InteropData.AssertSameWeights(network, read);
        }
    }

    [Fact]
    public void PyTorch_reads_the_weights_of_the_presets()
    {
        foreach (string name in new[] { "ResNet20", "LSTM", "CIFAR10" })
        {
            using Network network = SampleNetworks.Preset(name);
            NetworkFormats.ForWriting("a.pth").Write(folder["a.pth"], network, new ExportSettings());
            double[] sums = Python("print(' '.join(repr(float(v.double().abs().sum())) for v in torch.load(folder + 'a.pth').values()))");
            Assert.Equal(network.State.Count, sums.Length);
            foreach ((Core.Layers.NamedTensor tensor, double sum) in network.State.Zip(sums))
            {
                using var scope = NewDisposeScope();
                Assert.Equal(sum, tensor.Value.to(ScalarType.Float64).abs().sum().item<double>(), 1e-6 * (1 + sum));
            }
        }
    }

    [Fact]
    public void PyTorch_reads_our_cnsh()
    {
        using Network network = InteropData.Network(Spec);
        NetworkFormats.ForWriting("a.cnsh").Write(folder["a.cnsh"], network, new ExportSettings());
        double[] outputs = Python("m = named().eval(); m.load_state_dict(load('a.cnsh')); show(m)");

        Assert.All(Outputs(network).Zip(outputs), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Theory]
    [InlineData("torch.save(named(), folder + 'a.pth')", "NetworkFile.Unsafe")]
    [InlineData("torch.save(named(), folder + 'a.pth', _use_new_zipfile_serialization=False)", "NetworkFile.Unsafe")]
    [InlineData("torch.jit.script(named()).save(folder + 'a.pth')", "NetworkFile.Unsafe")]
    [InlineData("torch.save([1, 2], folder + 'a.pth')", "NetworkFile.Unknown")]
    [InlineData("torch.save(torch.ones(3), folder + 'a.pth')", "NetworkFile.Unknown")]
    public void What_is_no_dictionary_of_tensors_is_refused(string save, string id)
    {
        _ = Python(save + "; print(0)");
        using Network network = InteropData.Network(Spec);
        NetworkFileException error = Assert.Throws<NetworkFileException>(() =>
            NetworkFormats.ForReading("a.pth").Read(folder["a.pth"], new ImportSettings { Into = network })
        );
        Assert.Equal(id, error.ErrorId);
    }

    private static float[] Outputs(Network network)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return network.Outputs(linspace(-1, 1, 72).reshape(1, 2, 6, 6))[^1].contiguous().data<float>().ToArray();
    }

    private double[] Python(string program)
    {
        string output = ForeignProgram.RunPython("torch", Model + program, folder.Root);
        return [.. output.Split().Where(word => word.Length > 0).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
    }
}
