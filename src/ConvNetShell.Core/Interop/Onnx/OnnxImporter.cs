using System.Globalization;
using System.Text.Json;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Makes a network of an ONNX model whose operators follow one another.</summary>
internal static class OnnxImporter
{
    /// <summary>Makes the network.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The size of its file in bytes; a network never has more parameters.</param>
    /// <exception cref="ConvNetException">The model has branches, or operators that are no layers here.</exception>
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
            Fill(network, reader.Layers);
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
    private static IEnumerable<LayerSpec> Named(IReadOnlyList<ImportedLayer> layers)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ImportedLayer layer in layers)
        {
            int count = counts[layer.Spec.Kind] = counts.GetValueOrDefault(layer.Spec.Kind) + 1;
            string standard = string.Create(CultureInfo.InvariantCulture, $"{layer.Spec.Kind}{count}");
            yield return layer.Owner == standard || layer.Owner.Length == 0 ? layer.Spec : layer.Spec with { Name = layer.Owner };
        }
    }

    private static string? VisibleName(string name) => name.Length is > 0 and <= 200 ? name : null;

    private static void Fill(Network network, IReadOnlyList<ImportedLayer> layers)
    {
        foreach ((NetworkLayer layer, ImportedLayer read) in network.Layers.Zip(layers))
        {
            foreach ((string parameter, Tensor value) in read.Weights)
            {
                ImportedWeights.Copy(network, layer, parameter, value);
                value.Dispose();
            }
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
