using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>Reads the layers of a model's JSON in the order in which data goes through them.</summary>
/// <param name="store">The variables.</param>
internal sealed partial class KerasModel(KerasStore store)
{
    private const string InputLayer = "InputLayer";
    private const int MostLayers = 10_000,
        MostDepth = 8;

    private readonly List<KerasLayer> layers = [];

    /// <summary>Gets the sizes of a sample, channels last, or <see langword="null"/> where the model says none.</summary>
    public int[]? Input { get; private set; }

    /// <summary>Gets the layers, the input left out.</summary>
    public IReadOnlyList<KerasLayer> Layers => layers;

    /// <summary>Reads a model.</summary>
    /// <param name="model">Its class_name and config.</param>
    /// <exception cref="ConvNetException">It has branches, or is none.</exception>
    public void Read(JsonElement model) => Read(model, "layers/", 0);

    private void Read(JsonElement model, string path, int depth)
    {
        string kind = Text(model, "class_name") ?? string.Empty;
        if (kind is not ("Sequential" or "Functional" or "Model") || depth > MostDepth)
        {
            throw new InvalidSettingException("The model", $"Sequential or Functional, at most {MostDepth} within one another", kind);
        }
        JsonElement config = Member(model, "config");
        // the first versions of Keras 2 had the list of layers itself here
        JsonElement list = config.ValueKind == JsonValueKind.Array ? config : Member(config, "layers");
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostLayers)
        {
            throw new InvalidSettingException("The layers of the model", $"a list of at most {MostLayers}", $"{list.ValueKind}");
        }
        (JsonElement Json, string Path)[] all = [.. Paths(list, path)];
        foreach ((JsonElement json, string own) in kind == "Sequential" ? all : Chain(all))
        {
            Add(json, own, depth);
        }
    }

    private void Add(JsonElement json, string path, int depth)
    {
        string kind = Text(json, "class_name") ?? string.Empty;
        JsonElement config = Member(json, "config");
        string name = Name(json);
        RequireKnown(json, kind, name);
        if (kind is "Sequential" or "Functional" or "Model")
        {
            Read(json, path + "/layers/", depth + 1);
            return;
        }
        var settings = new KerasSettings($"{kind} '{name}'", config);
        if (layers.Count == 0 && (settings.Find("batch_shape") ?? settings.Find("batch_input_shape")) is { } shape)
        {
            Input ??= Sizes(settings, shape);
        }
        if (kind != InputLayer)
        {
            layers.Add(new KerasLayer(kind, name, settings, store.Of(store.IsNew ? path : name)));
        }
    }

    /// <summary>Refuses classes of programs: only data is read.</summary>
    private static void RequireKnown(JsonElement json, string kind, string name)
    {
        bool isCustom =
            Text(json, "registered_name") is { } registered && registered.Contains('>', StringComparison.Ordinal)
            || Text(json, "module") is { } module && !module.StartsWith("keras", StringComparison.Ordinal);
        if (kind == "Lambda" || isCustom)
        {
            throw new LayerException(
                KerasFormat.Unsafe,
                $"{kind} '{name}'",
                kind == "Lambda"
                    ? "expected a layer of Keras that is data. Received: a Lambda layer, which is code; no code of a file is executed."
                    : "expected a layer of Keras. Received: a class of the program that wrote the file.",
                "Replace the layer there."
            );
        }
    }

    /// <summary>Returns the layers with the paths of their variables: class and count, as Keras 3 numbers them.</summary>
    private static IEnumerable<(JsonElement Json, string Path)> Paths(JsonElement list, string path)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonElement json in list.EnumerateArray())
        {
            string kind = SnakeCase(Text(json, "class_name") ?? string.Empty);
            int count = counts[kind] = counts.GetValueOrDefault(kind, -1) + 1;
            yield return (json, count == 0 ? path + kind : string.Create(CultureInfo.InvariantCulture, $"{path}{kind}_{count}"));
        }
    }

    /// <summary>Returns the layers of a functional model, each after the one that it takes its input of.</summary>
    private static IEnumerable<(JsonElement Json, string Path)> Chain(IReadOnlyList<(JsonElement Json, string Path)> all)
    {
        var next = new Dictionary<string, (JsonElement Json, string Path)>(StringComparer.Ordinal);
        (JsonElement Json, string Path)? current = null;
        foreach ((JsonElement Json, string Path) layer in all)
        {
            string[] inputs = [.. Inputs(layer.Json)];
            bool isFirst = inputs.Length == 0 && current is null;
            if (isFirst)
            {
                current = layer;
            }
            else if (inputs.Length != 1 || !next.TryAdd(inputs[0], layer))
            {
                throw new InvalidSettingException(
                    $"The input of '{Name(layer.Json)}'",
                    "the output of one layer that no other takes, as in a model without branches",
                    string.Join(", ", inputs.Take(5))
                );
            }
        }
        var chain = new List<(JsonElement Json, string Path)>();
        while (current is { } layer)
        {
            chain.Add(layer);
            current = next.Remove(Name(layer.Json), out (JsonElement Json, string Path) following) ? following : null;
        }
        return next.Count == 0
            ? chain
            : throw new InvalidSettingException(
                "The model",
                "layers that follow one another from one input",
                $"'{next.Keys.First()}' apart"
            );
    }

    /// <summary>Returns the names of the layers whose outputs a layer takes.</summary>
    private static IEnumerable<string> Inputs(JsonElement layer)
    {
        var found = new List<string>();
        if (layer.TryGetProperty("inbound_nodes", out JsonElement nodes))
        {
            Collect(nodes, found);
        }
        return found;
    }

    // Keras 3: {"keras_history": ["conv2d", 0, 0]}; earlier: ["conv2d", 0, 0, {}]
    private static void Collect(JsonElement node, List<string> found)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            JsonElement[] parts = [.. node.EnumerateArray()];
            if (parts is [{ ValueKind: JsonValueKind.String }, { ValueKind: JsonValueKind.Number }, ..])
            {
                found.Add(parts[0].GetString()!);
                return;
            }
            Array.ForEach(parts, part => Collect(part, found));
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in node.EnumerateObject())
            {
                Collect(property.Value, found);
            }
        }
    }

    private static int[] Sizes(KerasSettings settings, JsonElement shape)
    {
        JsonElement[] sizes = shape.ValueKind == JsonValueKind.Array ? [.. shape.EnumerateArray().Skip(1)] : [];
        bool areKnown =
            sizes.Length > 0 && sizes.All(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out int n) && n > 0);
        return areKnown
            ? [.. sizes.Select(size => size.GetInt32())]
            : throw settings.Wrong("batch_shape", "known sizes, for example [null, 28, 28, 1]", shape);
    }

    // Conv2D -> conv2d, BatchNormalization -> batch_normalization, ReLU -> re_lu
    private static string SnakeCase(string name) => SmallBefore().Replace(Word().Replace(name, "$1_$2"), "$1_$2").ToLowerInvariant();

    [GeneratedRegex("(.)([A-Z][a-z]+)")]
    private static partial Regex Word();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex SmallBefore();

    private static string Name(JsonElement layer) => Text(layer, "name") ?? Text(Member(layer, "config"), "name") ?? string.Empty;

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value)
            ? value
            : throw new InvalidSettingException($"'{name}' of a Keras model", "JSON with it", received: null);
}
