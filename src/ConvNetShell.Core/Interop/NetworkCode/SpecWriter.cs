using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Writes a network as a spec.</summary>
internal static class SpecWriter
{
    public static string Write(Network network)
    {
        foreach (NetworkLayer layer in network.Plan.AllLayers)
        {
            if (layer.Spec is LocalResponseSpec response && !response.Equals(new LocalResponseSpec(response.Size) { Name = response.Name }))
            {
                throw UnsupportedLayer.In(
                    layer,
                    "Spec",
                    "a local response normalization with the standard constants, as specs have no others"
                );
            }
        }
        return NetworkSpec.Write(network.Layers.Select(layer => layer.Spec));
    }
}
