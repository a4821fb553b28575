using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;

namespace ConvNetShell.Core.Networks;

/// <summary>Which layers of a network are trained in a way of their own.</summary>
internal static class TrainedLayers
{
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
}
