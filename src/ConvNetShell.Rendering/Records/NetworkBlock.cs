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
    private const string Residual = "Residual";

    /// <summary>Gets a value indicating whether the input is added to what the layers within give.</summary>
    public bool HasShortcut { get; private init; }

    /// <summary>Gets the slabs it is drawn as: the convolutions within a residual block, or 1.</summary>
    public int Slabs { get; private init; } = 1;

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
            yield return layer.Type == Residual
                ? WithShortcut(layer, within)
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

    private static string Words(LayerSummary layer) => $"{layer.Type} {layer.Kernel}".TrimEnd();
}
