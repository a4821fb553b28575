using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Understanding.Activations;

/// <summary>Cuts the receptive field of one value out of images.</summary>
internal sealed class PatchCutter
{
    private readonly Network network;
    private readonly NetworkLayer layer;
    private readonly ReceptiveField field;
    private readonly byte[] outside;

    public PatchCutter(Network network, NetworkLayer layer)
    {
        this.network = network;
        this.layer = layer;
        field = Field(network, new LayerWiring(network), layer);
        outside = [.. network.InputStatistics.Mean.Select(mean => (byte)Math.Clamp(Math.Round(255 * mean), 0, 255))];
    }

    /// <summary>Returns a value's position in the layer's maps, given its index in a channel; empty if values have no position.</summary>
    public int[] Position(int index) =>
        field.HasPosition && layer.Output.Count > 1 ? WindowPositions.At(layer.Output.Spatial.ToArray(), index) : [];

    /// <summary>Returns the first and the last pixel in each dimension that a value depends on.</summary>
    public int[][] Region(int[] position)
    {
        int[] sizes = Spatial();
        return
        [
            .. sizes.Select(
                (size, d) =>
                {
                    (int first, int last) = position.Length > 0 ? field.Region(d, position[d]) : (0, size - 1);
                    return new[] { first, last };
                }
            ),
        ];
    }

    /// <summary>Returns the pixels of a region; outside the image the mean color, which the padding of a first layer is.</summary>
    public ImageSample Cut(ImageSample image, int[][] region)
    {
        int[] sizes = Spatial(),
            wanted = [.. region.Select(pair => pair[1] - pair[0] + 1)];
        bool vector = network.InputShape.Count == 1;
        int channels = vector ? 1 : network.InputShape.Channels;
        var pixels = new List<byte>();
        foreach (int[] position in WindowPositions.Of(wanted))
        {
            int from = WindowPositions.Index(sizes, [.. position.Select((p, d) => p + region[d][0])]);
            for (int c = 0; c < channels; c++)
            {
                pixels.Add(from >= 0 ? image.Pixels[from * channels + c] : outside[c]);
            }
        }
        bool clip = wanted.Length == 3;
        return vector
            ? image
            : image with
            {
                Height =
                    wanted.Length == 1 ? 1
                    : clip ? wanted[0] * wanted[1]
                    : wanted[0],
                Width = wanted[^1],
                Frames = clip ? wanted[0] : 1,
                Pixels = [.. pixels],
            };
    }

    private int[] Spatial() => network.InputShape.Count == 1 ? network.InputShape.ToArray() : network.InputShape.Spatial.ToArray();

    private static ReceptiveField Field(Network network, LayerWiring wiring, NetworkLayer layer) =>
        (wiring.Before(layer) is NetworkLayer before ? Field(network, wiring, before) : ReceptiveField.OfInput(network.InputShape)).Through(
            layer.Spec,
            layer.Input
        );
}
