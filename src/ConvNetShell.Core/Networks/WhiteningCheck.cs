using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Recurrent;

namespace ConvNetShell.Core.Networks;

/// <summary>Refuses networks in which a layer other than a first convolution starts with whitening weights.</summary>
internal static class WhiteningCheck
{
    /// <summary>Checks a network's layers.</summary>
    /// <param name="plan">The layers.</param>
    /// <param name="general">The initializer of the layers that have none of their own.</param>
    /// <exception cref="InvalidSettingException">Whitening is asked of all layers, or of one that is not a first convolution.</exception>
    public static void Require(NetworkPlan plan, InitializerKind general)
    {
        const string expected = "another (Whitening is for a convolution that is the network's first layer)";
        if (general == InitializerKind.Whitening)
        {
            throw new InvalidSettingException("Initializer", expected, "Whitening for all layers");
        }
        NetworkLayer? wrong = plan.AllLayers.FirstOrDefault(layer =>
            RuleOf(layer.Spec)?.Method == InitializerKind.Whitening && (layer.Spec is not ConvSpec || layer != plan.Layers[0])
        );
        if (wrong is not null)
        {
            throw new InvalidSettingException("Initializer", expected, $"Whitening for {wrong.Name}");
        }
    }

    private static Initializer? RuleOf(LayerSpec layer) =>
        layer switch
        {
            FilterSpec filters => filters.Initializer,
            DenseSpec dense => dense.Initializer,
            RecurrentSpec recurrent => recurrent.Initializer,
            _ => null,
        };
}
