using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>Puts weights that were read into the layers of a network.</summary>
internal static class ImportedWeights
{
    /// <summary>Copies values into a weight of as many.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="parameter">The weight's name in the layer.</param>
    /// <param name="value">The values.</param>
    /// <exception cref="ShapeMismatchException">There are more or fewer.</exception>
    public static void Copy(Network network, NetworkLayer layer, string parameter, Tensor value)
    {
        Tensor own = network.State.First(tensor => tensor.Name == $"{layer.Name}.{parameter}").Value;
        own.copy_(
            own.NumberOfElements == value.NumberOfElements
                ? value.reshape(own.shape)
                : throw new ShapeMismatchException($"{layer.Name}.{parameter}", string.Join('x', own.shape), string.Join('x', value.shape))
        );
    }
}
