using ConvNetShell.Core.Layers.Blocks;

namespace ConvNetShell.Core.Networks;

/// <summary>
/// Which layer each layer gets its input from, and which layers a block joins at its end; <see langword="null"/> stands for the image.
/// </summary>
internal sealed class LayerWiring
{
    private readonly Dictionary<string, NetworkLayer?> before = [];
    private readonly Dictionary<string, NetworkLayer?[]> ends = [];

    public LayerWiring(Network network) => Follow(network.Layers, null);

    /// <summary>Returns the layer whose output goes into a layer.</summary>
    public NetworkLayer? Before(NetworkLayer layer) => before[layer.Name];

    /// <summary>Returns the layer at the end of each branch of a block; of an empty branch, the one before the block.</summary>
    public IReadOnlyList<NetworkLayer?> Ends(NetworkLayer block) => ends[block.Name];

    private NetworkLayer? Follow(IEnumerable<NetworkLayer> layers, NetworkLayer? source)
    {
        foreach (NetworkLayer layer in layers)
        {
            before[layer.Name] = source;
            if (layer.Spec is BlockSpec block)
            {
                int start = 0;
                ends[layer.Name] =
                [
                    .. block
                        .Branches(layer.Input)
                        .Select(branch =>
                        {
                            NetworkLayer? end = Follow(layer.Inner.Skip(start).Take(branch.Count), source);
                            start += branch.Count;
                            return end;
                        }),
                ];
            }
            source = layer;
        }
        return source;
    }
}
