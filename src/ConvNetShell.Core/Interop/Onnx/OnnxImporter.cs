using System.Globalization;
using System.Text.Json;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Makes a network of an ONNX model whose operators follow one another, or branch and come together again.</summary>
internal static class OnnxImporter
{
    /// <summary>Makes the network.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The size of its file in bytes; a network never has more parameters.</param>
    /// <exception cref="ConvNetException">The model has operators that are no layers here, or other branches.</exception>
    public static Network Import(OnnxModel model, long size)
    {
        if (model.Graph is null || model.Graph.Node.Count == 0)
        {
            throw new InvalidSettingException("The model", "a graph with operators", received: null);
        }
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var chain = new OnnxChain(model.Graph);
        Dictionary<string, string> metadata = model
            .MetadataProps.GroupBy(entry => entry.Key)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        var reader = new OnnxReader(
            chain,
            metadata.GetValueOrDefault(OnnxExporter.PreprocessingKey)?.StartsWith("included", StringComparison.Ordinal) == true
        );
        reader.Read();
        bool isOurs = model.ProducerName == OnnxExporter.Producer;
        NetworkPlan plan = ImportedPlan.Fit(
            isOurs ? Named(reader.Layers) : reader.Layers.Select(layer => layer.Spec),
            chain.InputShape,
            size
        );
        Network network = Network.Create(plan, name: VisibleName(model.Graph.Name));
        try
        {
            Fill(network, network.Layers, reader.Layers);
            network.HasInitialWeights = false;
            network.Normalization = reader.Normalization ?? Statistics(metadata, network.InputShape.Channels);
            Classes(network, metadata);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    // the names that a user gave; those that a layer has anyway are not given again
    private static IReadOnlyList<LayerSpec> Named(IReadOnlyList<ImportedLayer> layers, string block = "")
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. layers.Select(layer => Named(layer, block, counts))];
    }

    private static LayerSpec Named(ImportedLayer layer, string block, Dictionary<string, int> counts)
    {
        int count = counts[layer.Spec.Kind] = counts.GetValueOrDefault(layer.Spec.Kind) + 1;
        string standard = string.Create(CultureInfo.InvariantCulture, $"{layer.Spec.Kind}{count}"),
            own = layer.Owner.StartsWith(block, StringComparison.Ordinal) ? layer.Owner[block.Length..] : string.Empty;
        LayerSpec spec = layer.Spec;
        if (spec is BlockSpec outer)
        {
            var inner = new Queue<LayerSpec>(Named(layer.Inner, layer.Owner + "."));
            spec = outer.With([.. outer.Given.Select(branch => (IReadOnlyList<LayerSpec>)[.. branch.Select(_ => inner.Dequeue())])]);
        }
        return own == standard || own.Length == 0 ? spec : spec with { Name = own };
    }

    private static string? VisibleName(string name) => name.Length is > 0 and <= 200 ? name : null;

    private static void Fill(Network network, IReadOnlyList<NetworkLayer> layers, IReadOnlyList<ImportedLayer> read)
    {
        foreach ((NetworkLayer layer, ImportedLayer source) in layers.Zip(read))
        {
            foreach ((string parameter, Tensor value) in source.Weights)
            {
                ImportedWeights.Copy(network, layer, parameter, value);
                value.Dispose();
            }
            Fill(network, layer.Inner, source.Inner);
        }
    }

    private static void Classes(Network network, Dictionary<string, string> metadata)
    {
        string[]? names = Json<string[]>(metadata, OnnxExporter.ClassesKey);
        bool areNames =
            names is not null
            && names.Length == network.OutputShape.Channels
            && names.All(name => name is not null)
            && !names.SequenceEqual(network.OutputNames);
        if (areNames)
        {
            network.Classes = names!;
        }
    }

    private static ChannelStatistics? Statistics(Dictionary<string, string> metadata, int channels)
    {
        double[]? mean = Json<double[]>(metadata, OnnxExporter.MeanKey),
            deviation = Json<double[]>(metadata, OnnxExporter.DeviationKey);
        bool fits = mean?.Length == channels && deviation?.Length == channels && mean.Concat(deviation).All(double.IsFinite);
        return fits ? new ChannelStatistics(mean!, deviation!) : null;
    }

    // metadata of other programs may have anything under these names
    private static T? Json<T>(Dictionary<string, string> metadata, string key)
    {
        try
        {
            return metadata.TryGetValue(key, out string? text) ? JsonSerializer.Deserialize<T>(text) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
