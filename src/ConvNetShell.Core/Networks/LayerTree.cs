using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;

namespace ConvNetShell.Core.Networks;

/// <summary>The live layers of a network with those within blocks.</summary>
internal static class LayerTree
{
    /// <summary>Returns the live layers, each block followed by those within it, as <see cref="NetworkPlan.AllLayers"/> has them.</summary>
    /// <param name="modules">The live layers of the network.</param>
    public static IEnumerable<LayerModule> All(IEnumerable<LayerModule> modules) =>
        modules.SelectMany(module => module is BlockModule block ? All(block.Inner).Prepend(module) : [module]);

    /// <summary>Returns the names of the frozen layers; of a block whose layers are all frozen, its name alone.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="modules">The same, live.</param>
    public static IEnumerable<string> Frozen(IEnumerable<NetworkLayer> layers, IEnumerable<LayerModule> modules) =>
        layers
            .Zip(modules)
            .SelectMany(pair =>
                pair.Second.IsFrozen ? [pair.First.Name]
                : pair.Second is BlockModule block ? Frozen(pair.First.Inner, block.Inner)
                : []
            );
}
