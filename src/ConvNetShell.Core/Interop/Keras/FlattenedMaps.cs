using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>Follows vectors that were made of maps, as their values come in another order in Keras.</summary>
internal sealed class FlattenedMaps
{
    /// <summary>Gets the maps that the latest vector was made of, or <see langword="null"/>.</summary>
    public Shape? Left { get; private set; }

    /// <summary>Returns the maps that a layer's input was made of, and passes over the layer; layers come in order.</summary>
    /// <param name="layer">The next layer.</param>
    public Shape? Before(NetworkLayer layer)
    {
        Shape? before = Left;
        Left = layer.Spec switch
        {
            FlattenSpec when layer.Input.Count > 1 && layer.Input.Elements > layer.Input.Channels => layer.Input,
            DenseSpec => null,
            _ => before,
        };
        return before;
    }
}
