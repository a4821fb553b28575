using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Training.Settings;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;
using Onnx = Microsoft.ML.OnnxRuntime.Tensors;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>ONNX Runtime computes from an exported file what the network computes.</summary>
public sealed class OnnxExportTests
{
    private const double Tolerance = 1e-5;

    // ONNX has no decoder of captions
    private static IEnumerable<NetworkPreset> Classifiers => NetworkPresets.All.Where(preset => preset.Recipe?.Loss != LossKind.Caption);

    // AlexNet2012 has the layers of AlexNet, and 62 million weights take seconds to write and to read.
    public static TheoryData<string> Presets => [.. Classifiers.Select(preset => preset.Name).Where(name => name != "AlexNet")];

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_preset_gives_equal_outputs_in_onnx_runtime(string name)
    {
        using Network network = SampleNetworks.Preset(name);
        AssertEqualOutputs(network, name);
    }

    [Fact]
    public void A_hundred_random_networks_give_equal_outputs_in_onnx_runtime()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            string spec = SampleNetworks.Random(seed);
            using Network network = SampleNetworks.Make(spec, 3, 12, 10);
            AssertEqualOutputs(network, spec);
        }
    }

    [Theory]
    [InlineData("conv3x3x6s2 avgpool3s2p1 deconv3x3x4s2p1e1 gn2 lrn3 adaptivemax3x2 fc4", 3, 13, 11)]
    [InlineData("conv1d3x6 lrn3 ln adaptiveavg3 fc4 bn softmax", 2, 10)]
    [InlineData("gru4-seq-bi lstm3-seq rnn5-bi fc2", 2, 7)]
    [InlineData("conv3d2x2x2x3 deconv3d2x2x2x2s2 adaptivemax3 globalavg", 1, 4, 5, 6)]
    [InlineData("add(conv3x3x4 | conv1x1x4 relu) respad(conv3x3x7s2) subsample2 fc5 rbf2", 2, 8, 8)]
    [InlineData("conv3x3x6 maxout3 fc8 maxout2 fc2", 3, 6, 5)]
    [InlineData("mapconv3x3:01/12/20 scaledtanh fc6 gelu rbf3", 3, 6, 6)]
    public void Every_kind_of_layer_gives_equal_outputs(string spec, params int[] shape)
    {
        using Network network = SampleNetworks.Make(spec, shape);
        AssertEqualOutputs(network, spec);
    }

    [Fact]
    public void Preprocessing_takes_pixels()
    {
        using Network network = SampleNetworks.Make("conv3x3x4 relu fc3", 3, 6, 6);
        network.Normalization = new ChannelStatistics([0.4, 0.5, 0.6], [0.2, 0.25, 0.3]);
        using InferenceSession session = Session(network, preprocess: true);
        using Tensor pixels = (SampleNetworks.Batch(network) * 50 + 128).clamp(0, 255).round();
        using Tensor mean = tensor(new[] { 0.4f, 0.5f, 0.6f }).reshape(1, 3, 1, 1),
            deviation = tensor(new[] { 0.2f, 0.25f, 0.3f }).reshape(1, 3, 1, 1);
        using Tensor normalized = (pixels / 255 - mean) / deviation;

        SampleNetworks.AssertClose(SampleNetworks.Outputs(network, normalized), Run(session, pixels), Tolerance, "with preprocessing");
        Assert.Equal("included: pixels from 0 to 255", session.ModelMetadata.CustomMetadataMap["preprocessing"]);
    }

    [Fact]
    public void Metadata_has_the_classes_and_the_normalization()
    {
        using Network network = SampleNetworks.Make("conv3x3x4 relu fc3", 3, 6, 6);
        network.Classes = ["cat", "d\u00f6g", "\"ship\""];
        network.Normalization = new ChannelStatistics([0.4, 0.5, 0.6], [0.2, 0.25, 0.3]);
        using InferenceSession session = Session(network);
        Dictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;

        Assert.Equal(network.Classes, System.Text.Json.JsonSerializer.Deserialize<string[]>(metadata["classes"]));
        Assert.Equal("[0.4,0.5,0.6]", metadata["mean"]);
        Assert.Equal("[0.2,0.25,0.3]", metadata["standard_deviation"]);
    }

    [Fact]
    public void The_checker_of_onnx_accepts_all_presets()
    {
        using var folder = new TestFolder();
        foreach (NetworkPreset preset in Classifiers.Where(preset => preset.ParameterCount < 10_000_000))
        {
            using Network network = SampleNetworks.Preset(preset.Name);
            Write(network, folder[preset.Name + ".onnx"]);
        }
        string output = ForeignProgram.RunPython(
            "onnx",
            """
            import glob, sys, onnx
            for path in glob.glob(sys.argv[1] + "/*.onnx"):
                onnx.checker.check_model(path, full_check=True)
                print("checked", path)
            """,
            folder.Root
        );

        Assert.Contains("checked", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local3x3x4 fc2", "local1")]
    [InlineData("conv3x3x4 lrn4 fc2", "lrn1")]
    [InlineData("conv3x3x4 caption4w5t3", "caption1")]
    public void A_layer_without_an_operator_is_named(string spec, string layer)
    {
        using Network network = SampleNetworks.Make(spec, 3, 6, 6);
        using var folder = new TestFolder();
        LayerException error = Assert.Throws<LayerException>(() => Write(network, folder["x.onnx"]));

        Assert.Contains(layer, error.Message, StringComparison.Ordinal);
        Assert.Contains("ONNX", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    internal static void Write(Network network, string path, bool preprocess = false) =>
        NetworkFormats.ForWriting(path).Write(path, network, new ExportSettings { IncludePreprocessing = preprocess });

    internal static float[] Run(InferenceSession session, Tensor batch)
    {
        var input = new Onnx.DenseTensor<float>(batch.contiguous().data<float>().ToArray(), [.. batch.shape.Select(size => (int)size)]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run([
            NamedOnnxValue.CreateFromTensor("input", input),
        ]);
        return [.. outputs[0].AsEnumerable<float>()];
    }

    private static InferenceSession Session(Network network, bool preprocess = false)
    {
        using var folder = new TestFolder();
        string path = folder["network.onnx"];
        Write(network, path, preprocess);
        return new InferenceSession(File.ReadAllBytes(path));
    }

    private static void AssertEqualOutputs(Network network, string what)
    {
        using InferenceSession session = Session(network);
        foreach (int count in new[] { 1, 3 })
        {
            using Tensor batch = SampleNetworks.Batch(network, count);
            SampleNetworks.AssertClose(SampleNetworks.Outputs(network, batch), Run(session, batch), Tolerance, what);
        }
    }
}
