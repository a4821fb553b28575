using System.Reflection;
using System.Text.Json;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Writes a network as an ONNX model of operator set 17, for batches of any size.</summary>
internal static class OnnxExporter
{
    internal const int OperatorSet = 17,
        IrVersion = 8;
    internal const string InputName = "input",
        OutputName = "output",
        ClassesKey = "classes",
        MeanKey = "mean",
        DeviationKey = "standard_deviation",
        PreprocessingKey = "preprocessing",
        Producer = "ConvNetShell";

    /// <summary>Makes the model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="preprocess">Whether the model takes pixels from 0 to 255 and normalizes them itself.</param>
    /// <exception cref="Errors.LayerException">ONNX has no operator for a layer.</exception>
    public static OnnxModel Export(Network network, bool preprocess)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var builder = new OnnxBuilder(network);
        string value = preprocess ? Preprocess(builder, network) : InputName;
        var layers = new OnnxLayers(builder);
        foreach (NetworkLayer layer in network.Layers)
        {
            value = layers.Add(layer, value);
        }
        builder.Add(OutputName, "Identity", [value]);
        builder.Graph.Node[^1].Output[0] = OutputName;
        builder.Graph.Input.Add(OnnxBuilder.Value(InputName, network.InputShape));
        builder.Graph.Output.Add(OnnxBuilder.Value(OutputName, network.OutputShape));
        var model = new OnnxModel
        {
            IrVersion = IrVersion,
            ProducerName = Producer,
            ProducerVersion = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
            Graph = builder.Graph,
        };
        model.OpsetImport.Add(new OnnxOperatorSet { Domain = string.Empty, Version = OperatorSet });
        Describe(model, network, preprocess);
        return model;
    }

    private static void Describe(OnnxModel model, Network network, bool preprocess)
    {
        ChannelStatistics statistics = network.InputStatistics;
        void Entry(string key, string value) => model.MetadataProps.Add(new OnnxEntry { Key = key, Value = value });
        Entry(ClassesKey, JsonSerializer.Serialize(network.OutputNames));
        Entry(MeanKey, JsonSerializer.Serialize(statistics.Mean));
        Entry(DeviationKey, JsonSerializer.Serialize(statistics.StandardDeviation));
        Entry(PreprocessingKey, preprocess ? "included: pixels from 0 to 255" : "none: (pixel / 255 - mean) / standard_deviation");
    }

    // (pixel / 255 - mean) / deviation as a product and a difference
    private static string Preprocess(OnnxBuilder builder, Network network)
    {
        const double leastDeviation = 1e-6;
        ChannelStatistics statistics = network.InputStatistics;
        double[] deviations = [.. statistics.StandardDeviation.Select(deviation => Math.Max(deviation, leastDeviation))];
        long[] shape = [1, network.InputShape.Channels, .. Enumerable.Repeat(1L, network.InputShape.Count - 1)];
        string scale = builder.Constant("preprocessing.scale", [.. deviations.Select(deviation => (float)(1 / (255 * deviation)))], shape);
        string shift = builder.Constant(
            "preprocessing.shift",
            [.. statistics.Mean.Zip(deviations, (mean, deviation) => (float)(mean / deviation))],
            shape
        );
        string scaled = builder.Add("preprocessing", "Mul", [InputName, scale]);
        return builder.Add("preprocessing", "Sub", [scaled, shift]);
    }
}
