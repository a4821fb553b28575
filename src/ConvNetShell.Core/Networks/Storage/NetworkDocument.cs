using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Networks.Editing;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Storage;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Networks.Storage;

/// <summary>All of a network but its weights, as files have it in JSON. Nothing in it is ever executed.</summary>
internal sealed record NetworkDocument
{
    /// <summary>The version of this form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The name of the document among a file's metadata.</summary>
    public const string Key = "convnetshell.network";

    public int Version { get; init; } = CurrentVersion;

    public required string Name { get; init; }

    public string? Preset { get; init; }

    public required int[] InputShape { get; init; }

    public required StoredLayer[] Layers { get; init; }

    public required int Seed { get; init; }

    public bool HasInitialWeights { get; init; }

    public required string[] Classes { get; init; }

    /// <summary>Gets the mean of each channel; <see langword="null"/> where none was measured.</summary>
    public double[]? Mean { get; init; }

    public double[]? StandardDeviation { get; init; }

    /// <summary>Gets the mean and deviation of each channel, or <see langword="null"/>.</summary>
    [JsonIgnore]
    public ChannelStatistics? Statistics =>
        Mean is not null && StandardDeviation is not null ? new ChannelStatistics(Mean, StandardDeviation) : null;

    public TrainingSummary? Training { get; init; }

    /// <summary>Gets the names of the layers that training leaves as they are.</summary>
    public string[] Frozen { get; init; } = [];

    /// <summary>Gets how layers are trained, by name, where that is not as the others are.</summary>
    public Dictionary<string, LayerTraining> LayerTraining { get; init; } = [];

    /// <summary>Returns the document of a network.</summary>
    /// <param name="network">The network.</param>
    public static NetworkDocument Of(Network network) =>
        new()
        {
            Name = network.Name,
            Preset = network.Preset,
            InputShape = network.InputShape.ToArray(),
            Layers = [.. network.Layers.Select(layer => StoredLayers.Write(layer.Spec))],
            Seed = network.Seed,
            HasInitialWeights = network.HasInitialWeights,
            Classes = [.. network.Classes],
            Mean = network.Normalization?.Mean,
            StandardDeviation = network.Normalization?.StandardDeviation,
            Training = network.Training,
            Frozen = [.. network.FrozenLayers],
            LayerTraining = new(network.LayerTraining),
        };

    /// <summary>Reads a document.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="JsonException">It is no such document.</exception>
    /// <exception cref="ArgumentException">It is of a later version, or its values make no sense.</exception>
    /// <exception cref="ConvNetException">Its values make no sense.</exception>
    public static NetworkDocument Parse(string json)
    {
        using (var peeked = JsonDocument.Parse(json))
        {
            if (
                peeked.RootElement.ValueKind == JsonValueKind.Object
                && peeked.RootElement.TryGetProperty(nameof(Version), out JsonElement version)
                && version.TryGetInt32(out int number)
                && number > CurrentVersion
            )
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"a network of version {number}, of a later ConvNetShell; this one reads up to {CurrentVersion}"
                    )
                );
            }
        }
        NetworkDocument document =
            JsonSerializer.Deserialize<NetworkDocument>(json, StoredJson.Options) ?? throw new ArgumentException("no network");
        document.Check();
        return document;
    }

    /// <summary>Passes where the values make sense.</summary>
    /// <exception cref="ArgumentException">Some do not.</exception>
    /// <exception cref="InvalidSettingException">The input has no shape.</exception>
    public void Check()
    {
        Require(Version is > 0 and <= CurrentVersion, "a version out of range");
        Require(Layers.Length > 0 && !Layers.Contains(null), "no layers");
        Require(Layers.All(layer => layer.Options?.Contains(null) != true), "no options of a layer");
        Require(!Classes.Contains(null), "a class without a name");
        Require(Classes.Distinct(StringComparer.Ordinal).Count() == Classes.Length, "two classes of one name");
        Require(!Frozen.Contains(null), "a frozen layer without a name");
        Require(LayerTraining.Values.All(training => training?.FrozenEpochs is not null), "no training of a layer");
        int channels = new Shape(InputShape).Channels;
        Require(Mean is null == StandardDeviation is null, "means without deviations, or deviations without means");
        Require(Mean is null || (Mean.Length == channels && Mean.All(double.IsFinite)), "means that are not those of the channels");
        Require(
            StandardDeviation is null
                || (StandardDeviation.Length == channels && StandardDeviation.All(value => value >= 0 && double.IsFinite(value))),
            "deviations that are not those of the channels"
        );
    }

    /// <summary>Returns the layers fitted to the input.</summary>
    public NetworkPlan Plan() => NetworkPlan.Fit(Layers.Select(StoredLayers.Read), new Shape(InputShape));

    /// <summary>Returns the network with meaningless weights.</summary>
    /// <param name="plan">The result of <see cref="Plan"/>.</param>
    public Network Create(NetworkPlan plan)
    {
        Network network = Network.Create(plan, Seed, InitializerKind.Constant, Name, Preset);
        Apply(network);
        return network;
    }

    /// <summary>Gives a network of these layers the classes, the normalization and the training of the document.</summary>
    /// <param name="network">The network.</param>
    public void Apply(Network network)
    {
        network.Classes = Classes;
        network.Normalization = Statistics;
        network.HasInitialWeights = HasInitialWeights;
        network.Training = Training;
        foreach (string layer in Frozen)
        {
            NetworkEditor.Freeze(network, layer, isFrozen: true);
        }
        foreach ((string layer, LayerTraining training) in LayerTraining)
        {
            NetworkEditor.SetTraining(network, layer, _ => training);
        }
    }

    /// <summary>Returns the document as text.</summary>
    public string Write() => JsonSerializer.Serialize(this, StoredJson.Options);

    private static void Require(bool isTrue, string received)
    {
        if (!isTrue)
        {
            throw new ArgumentException(received);
        }
    }
}
