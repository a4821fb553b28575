using System.Text;
using System.Text.Json.Nodes;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Storage;
using ConvNetShell.Core.Tests.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Interop;

public sealed class SafeTensorsFormatTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ParameterNaming.Layer, "conv1.weight", "res1.conv1.weight", "fc1.bias")]
    [InlineData(ParameterNaming.Index, "0.weight", "5.conv1.weight", "8.bias")]
    public void Weights_have_PyTorchs_names_and_come_back_under_both(ParameterNaming naming, params string[] names)
    {
        using Network network = InteropData.Network(),
            other = InteropData.Network(seed: 2);
        (network.Classes, network.Normalization) = (["a", "b", "c"], new ChannelStatistics([0.1, 0.2], [0.3, 0.4]));
        Write(network, new ExportSettings { Naming = naming });
        using (SafeTensorsFile file = SafeTensorsFile.Open(folder["a.safetensors"]))
        {
            Assert.Subset(file.Tensors.Select(tensor => tensor.Name).ToHashSet(), names.ToHashSet());
            Assert.All(file.Tensors, tensor => Assert.Equal(0, tensor.Offset % 4));
            Assert.Equal("pt", file.Metadata["format"]);
        }
        Assert.Same(other, Read(new ImportSettings { Into = other }));
        InteropData.AssertSameWeights(network, other);
        Assert.Equal(network.Normalization, other.Normalization);
        Assert.Equal(network.Classes, other.Classes);
        using Network alone = Read(new ImportSettings());
        InteropData.AssertSameWeights(network, alone);
    }

    [Theory]
    [InlineData(WeightType.Float16, "F16", 1e-3)]
    [InlineData(WeightType.BFloat16, "BF16", 8e-3)]
    public void Weights_of_half_the_size_come_back_rounded(WeightType type, string name, double error)
    {
        using Network network = InteropData.Network("conv3x3x4 fc3"),
            other = InteropData.Network("conv3x3x4 fc3", seed: 2);
        Write(network, new ExportSettings { Type = type });
        using (SafeTensorsFile file = SafeTensorsFile.Open(folder["a.safetensors"]))
        {
            Assert.All(file.Tensors, tensor => Assert.Equal(name, tensor.Type));
        }
        _ = Read(new ImportSettings { Into = other });
        Assert.All(
            network.State.Zip(other.State),
            pair =>
            {
                using Tensor difference = (pair.First.Value.detach() - pair.Second.Value.detach()).abs().max();
                Assert.InRange(difference.item<float>(), 0, error);
            }
        );
    }

    [Theory]
    [InlineData("I8", new byte[] { 1, 0xff, 0x7f, 0x80, 0, 2 }, new float[] { 1, -1, 127, -128, 0, 2 })]
    [InlineData("BF16", new byte[] { 0x80, 0x3f, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0 }, new float[] { 1, -2, 0, 0, 0, 0 })]
    [InlineData("F16", new byte[] { 0, 0x3c, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0 }, new float[] { 1, -2, 0, 0, 0, 0 })]
    public void Values_of_other_types_are_converted(string type, byte[] data, float[] wanted)
    {
        File.WriteAllBytes(
            folder["a.safetensors"],
            InteropData.File($$$"""{"fc1.weight":{"dtype":"{{{type}}}","shape":[3,2],"data_offsets":[0,{{{data.Length}}}]}}""", data)
        );
        using Network network = InteropData.Network("fc3-nobias", input: new Shape(2));
        _ = Read(new ImportSettings { Into = network });

        Assert.Equal(wanted, network.State[0].Value.data<float>().ToArray());
    }

    /// <summary>torchvision's AlexNet and others have names of their own; numbers count as numbers.</summary>
    [Fact]
    public void Names_of_other_programs_are_matched_by_order()
    {
        const string spec = "conv3x3x2 relu conv3x3x2 fc3";
        using Network network = InteropData.Network(spec);
        string[] names = ["features.2", "features.10", "classifier.1"];
        var owners = new[] { "conv1", "conv2", "fc1" }.Zip(names).ToDictionary();
        (string Name, Tensor Value)[] named =
        [
            .. network.State.Select(tensor => (owners[tensor.Name.Split('.')[0]] + "." + tensor.Name.Split('.')[1], tensor.Value)),
        ];
        // As PyTorch saves them, and as safetensors' own writer sorts them: classifier before features, 10 before 2.
        foreach (var tensors in new[] { named, [.. named.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)] })
        {
            using Network other = InteropData.Network(spec, seed: 2);
            SafeTensorsWriter.Write(folder["a.safetensors"], tensors, new Dictionary<string, string>());
            _ = Read(new ImportSettings { Into = other });
            InteropData.AssertSameWeights(network, other);
        }
    }

    [Fact]
    public void A_models_name_before_all_names_is_left_out()
    {
        using Network network = InteropData.Network("conv3x3x2 fc3"),
            other = InteropData.Network("conv3x3x2 fc3", seed: 2);
        SafeTensorsWriter.Write(
            folder["a.safetensors"],
            [.. network.State.Reverse().Select(tensor => ("module." + tensor.Name, tensor.Value))],
            new Dictionary<string, string>()
        );
        _ = Read(new ImportSettings { Into = other });
        InteropData.AssertSameWeights(network, other);
    }

    [Fact]
    public void What_does_not_fit_is_named_and_left_out_on_request()
    {
        using Network network = InteropData.Network("conv3x3x2 fc3"),
            other = InteropData.Network("conv3x3x2 fc4 fc2", seed: 2);
        Write(network, new ExportSettings());
        IReadOnlyDictionary<string, byte[]> before = InteropData.Bytes(other);
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => Read(new ImportSettings { Into = other }));

        Assert.Equal("NetworkFile.Mismatch", error.ErrorId);
        Assert.Contains("missing in the file: fc2.weight, fc2.bias", error.Message, StringComparison.Ordinal);
        Assert.Contains("fc1.weight (network 4x72, file 3x72)", error.Message, StringComparison.Ordinal);
        Assert.All(InteropData.Bytes(other), pair => Assert.Equal(before[pair.Key], pair.Value));

        var warnings = new List<string>();
        _ = Read(
            new ImportSettings
            {
                Into = other,
                AllowPartial = true,
                Warn = warnings.Add,
            }
        );
        Assert.Contains("2 of 6 weights", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(InteropData.Bytes(network)["conv1.weight"], InteropData.Bytes(other)["conv1.weight"]);
        Assert.Equal(before["fc1.weight"], InteropData.Bytes(other)["fc1.weight"]);
    }

    [Fact]
    public void Texts_beside_the_weights_are_kept()
    {
        using Network network = InteropData.Network("fc3");
        SafeTensorsWriter.Write(
            folder["a.safetensors"],
            [.. network.State.Select(tensor => (tensor.Name, tensor.Value))],
            new Dictionary<string, string> { ["author"] = "\"me\" \u00fc", ["format"] = "pt" }
        );
        using Network other = InteropData.Network("fc3");
        _ = Read(new ImportSettings { Into = other });
        Write(other, new ExportSettings());
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal("\"me\" \u00fc", file.Metadata["author"]);
    }

    /// <summary>The header is read by another JSON reader, and the numbers from where it says.</summary>
    [Fact]
    public void The_header_says_where_the_numbers_are()
    {
        using Network network = InteropData.Network();
        Write(network, new ExportSettings());
        byte[] file = File.ReadAllBytes(folder["a.safetensors"]);
        int length = (int)BitConverter.ToInt64(file);
        JsonObject header = JsonNode.Parse(Encoding.UTF8.GetString(file, 8, length))!.AsObject();
        Assert.All(
            InteropData.Bytes(network),
            pair =>
            {
                JsonArray offsets = header[pair.Key]!["data_offsets"]!.AsArray();
                Assert.Equal(pair.Value, file[(8 + length + (int)offsets[0]!)..(8 + length + (int)offsets[1]!)]);
            }
        );
    }

    /// <summary>A sparse file: 2 GB of zeros take no room.</summary>
    [Fact]
    public void Names_of_2_GB_are_listed_without_reading_them()
    {
        const long large = 1L << 31;
        File.WriteAllBytes(
            folder["large.safetensors"],
            InteropData.File($$$"""{"a":{"dtype":"U8","shape":[2,{{{large / 2}}}],"data_offsets":[0,{{{large}}}]}}""", [])
        );
        using (FileStream file = File.OpenWrite(folder["large.safetensors"]))
        {
            file.SetLength(file.Length + large);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        using SafeTensorsFile read = SafeTensorsFile.Open(folder["large.safetensors"]);

        Assert.Equal("a U8 2x1073741824", Assert.Single(read.Tensors).ToString());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private void Write(Network network, ExportSettings settings) =>
        NetworkFormats.ForWriting("a.safetensors").Write(folder["a.safetensors"], network, settings);

    private Network Read(ImportSettings settings) => NetworkFormats.ForReading("a.safetensors").Read(folder["a.safetensors"], settings);
}
