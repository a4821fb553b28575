using System.Globalization;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Rendering.Records;

/// <summary>A layer of a network's picture, or the input.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Type">What it is, for example Conv 5x5; empty for the input.</param>
/// <param name="Shape">What comes out, for example 16x32x32.</param>
/// <param name="Parameters">The number of trainable values.</param>
internal sealed record NetworkBlock(string Name, string Type, string Shape, long Parameters)
{
    private const string Residual = "Residual",
        Concatenate = "Concatenate";
    private static readonly string[] Followers = ["BatchNorm", "LayerNorm", "ReLU", "LeakyReLU", "Dropout"];

    /// <summary>Gets a value indicating whether the input is added to what the layers within give.</summary>
    public bool HasShortcut { get; private init; }

    /// <summary>Gets the slabs it is drawn as: the convolutions within a residual block, or 1.</summary>
    public int Slabs { get; private init; } = 1;

    /// <summary>Gets the streams that it joins, each of at least one block; empty where it has one input.</summary>
    public IReadOnlyList<IReadOnlyList<NetworkBlock>> Streams { get; private init; } = [];

    /// <summary>Gets the small layers that come behind it in a stream, and have no block of their own there; empty for none.</summary>
    public string Followed { get; private init; } = string.Empty;

    /// <summary>Gets the columns it takes in the picture, its streams included.</summary>
    public int Columns => 1 + Streams.Select(stream => stream.Count).DefaultIfEmpty(0).Max();

    /// <summary>Gets the channels that come out.</summary>
    public int Channels => Sizes()[0];

    /// <summary>Gets the height of the maps that come out; 1 for a vector.</summary>
    public int Height => Sizes() is { Length: > 1 } sizes ? sizes[^1] : 1;

    /// <summary>Returns the input and the layers of a network, those within blocks left out.</summary>
    public static IEnumerable<NetworkBlock> Of(NetworkSummary summary)
    {
        yield return new NetworkBlock("input", string.Empty, summary.Input, 0);
        for (int i = 0; i < summary.Layers.Count; i++)
        {
            LayerSummary layer = summary.Layers[i];
            if (layer.Depth > 0)
            {
                continue;
            }
            LayerSummary[] within = [.. summary.Layers.Skip(i + 1).TakeWhile(inner => inner.Depth > 0).Where(inner => inner.Depth == 1)];
            yield return layer.Type == Residual ? WithShortcut(layer, within)
            : layer.Type == Concatenate && within.Length > 0 ? WithStreams(layer, within)
            : new NetworkBlock(layer.Name, Words(layer), layer.Output, layer.Parameters);
        }
    }

    private static NetworkBlock WithShortcut(LayerSummary layer, LayerSummary[] within)
    {
        // Layers are counted from 1 in each path, and the second path is the shortcut.
        IEnumerable<LayerSummary> path = within.Take(1).Concat(within.Skip(1).TakeWhile(inner => inner.Index > 1));
        string[] convolutions = [.. path.Where(inner => inner is { Kernel.Length: > 0, Parameters: > 0 }).Select(Words)];
        string words =
            convolutions.Distinct().Count() != 1 ? Residual
            : convolutions.Length == 1 ? convolutions[0]
            : string.Create(CultureInfo.InvariantCulture, $"{convolutions.Length} x {convolutions[0]}");
        return new NetworkBlock(layer.Name, words, layer.Output, layer.Parameters)
        {
            HasShortcut = true,
            Slabs = Math.Clamp(convolutions.Length, 1, 4),
        };
    }

    private static NetworkBlock WithStreams(LayerSummary layer, LayerSummary[] within)
    {
        var streams = new List<List<NetworkBlock>>();
        foreach (LayerSummary inner in within)
        {
            if (inner.Index == 1) // layers are counted from 1 in each stream
            {
                streams.Add([]);
            }
            List<NetworkBlock> stream = streams[^1];
            if (stream.Count > 0 && Followers.Contains(inner.Type))
            {
                string name = inner.Type.EndsWith("Norm", StringComparison.Ordinal) ? "norm" : inner.Type,
                    followed = stream[^1].Followed;
                stream[^1] = stream[^1] with
                {
                    Followed = followed.Length == 0 ? $"+ {name}" : $"{followed}, {name}",
                    Parameters = stream[^1].Parameters + inner.Parameters,
                };
                continue;
            }
            stream.Add(new NetworkBlock(inner.Name[(inner.Name.LastIndexOf('.') + 1)..], Words(inner), inner.Output, inner.Parameters));
        }
        // its parameters are those of the streams, which say them
        return new NetworkBlock(layer.Name, layer.Type, layer.Output, 0) { Streams = streams };
    }

    private int[] Sizes() =>
        [
            .. Shape
                .Split('x')
                .Select(size => int.TryParse(size, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : 1),
        ];

    private static string Words(LayerSummary layer) => $"{layer.Type} {layer.Kernel}".TrimEnd();
}
