using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;

namespace ConvNetShell.Core.Networks;

/// <summary>
/// The layers that a network's parameters belong to: conv1 for conv1.weight, res1.conv2 for res1.conv2.bias; and how they are trained.
/// </summary>
internal static class ParameterLayers
{
    /// <summary>Returns the names of the layers with parameters, in order.</summary>
    public static IReadOnlyList<string> NamesOf(Network network) =>
        [.. network.Parameters.Select(parameter => LayerOf(parameter.Name)).Distinct(StringComparer.Ordinal)];

    /// <summary>Returns the indices of the parameters of each of these layers.</summary>
    public static int[][] IndicesOf(Network network) =>
        [.. network.Parameters.Index().GroupBy(pair => LayerOf(pair.Item.Name), pair => pair.Index).Select(group => group.ToArray())];

    /// <summary>Returns the names of the frozen layers; of a block whose layers are all frozen, the block's name alone.</summary>
    public static IEnumerable<string> Frozen(IEnumerable<NetworkLayer> layers, IEnumerable<LayerModule> modules) =>
        layers
            .Zip(modules)
            .SelectMany(pair =>
                pair.Second.IsFrozen ? [pair.First.Name]
                : pair.Second is BlockModule block ? Frozen(pair.First.Inner, block.Inner)
                : []
            );

    /// <summary>Returns how layers are trained of which something was said, by name; a block's layers stand for it.</summary>
    public static Dictionary<string, LayerTraining> Settings(NetworkPlan plan, IEnumerable<LayerModule> modules) =>
        plan
            .AllLayers.Zip(BlockModule.All(modules))
            .Where(pair => pair.Second is not BlockModule && pair.Second.Training != LayerTraining.Default)
            .ToDictionary(pair => pair.First.Name, pair => pair.Second.Training);

    private static string LayerOf(string parameter) => parameter[..Math.Max(0, parameter.LastIndexOf('.'))];
}
