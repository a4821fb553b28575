using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Captions;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;

namespace ConvNetShell.Core.Networks;

/// <summary>The last layer with weights of a classifier: it has one unit or filter for each class.</summary>
public static class ClassHead
{
    /// <summary>Returns a copy of a network with a new last layer for other classes; the layers before it keep their weights.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="classes">The names of the new classes, two or more.</param>
    /// <param name="seed">The seed of the new layer's weights.</param>
    /// <returns>The new network, on the same device.</returns>
    /// <exception cref="InvalidSettingException">The network does not end in a dense layer, fixed codes or a convolution that gives one
    /// value a class.</exception>
    public static Network Replace(Network network, IReadOnlyList<string> classes, int seed)
    {
        LayerSpec[] layers = [.. network.Layers.Select(layer => layer.Spec)];
        int head = Index(layers);
        NetworkPlan plan =
            Plan(network, layers, head, classes.Count)
            ?? throw new InvalidSettingException(
                "NewClasses",
                "given for a network that ends in a dense layer, fixed codes or a convolution with one value a class",
                network.Spec
            );
        Network other = Network.Create(plan, seed, name: network.Name, preset: network.Preset);
        other.TakeOver(network, head);
        other.Classes = classes;
        return other;
    }

    /// <summary>Returns layers whose last dense layer, fixed codes or convolution has one unit for each class.</summary>
    /// <param name="layers">The layers; one of them must be such a layer.</param>
    /// <param name="classes">The number of classes.</param>
    internal static IReadOnlyList<LayerSpec> WithClasses(IReadOnlyList<LayerSpec> layers, int classes)
    {
        LayerSpec[] changed = [.. layers];
        if (changed[^1] is CaptionSpec)
        {
            return changed; // its outputs are words
        }
        int head = Index(changed);
        changed[head] = changed[head] switch
        {
            DenseSpec dense => new DenseSpec(classes, dense.Bias, dense.Inputs) { Name = dense.Name, Initializer = dense.Initializer },
            ConvSpec conv => new ConvSpec(classes, conv.Window, bias: conv.Bias, dimensions: conv.Dimensions)
            {
                Name = conv.Name,
                Initializer = conv.Initializer,
            },
            var codes => new RbfSpec(classes) { Name = codes.Name },
        };
        return changed;
    }

    private static NetworkPlan? Plan(Network network, LayerSpec[] layers, int head, int classes)
    {
        try
        {
            NetworkPlan? plan = head < 0 ? null : NetworkPlan.Fit(WithClasses(layers, classes), network.InputShape);
            return plan is { OutputShape: { Count: 1, Channels: var outputs } } && outputs == classes ? plan : null;
        }
        catch (LayerException)
        {
            return null; // a layer after it needs the number of channels that it had
        }
    }

    internal static int Index(LayerSpec[] layers) =>
        Array.FindLastIndex(layers, layer => layer is DenseSpec or RbfSpec or ConvSpec { Groups: 1 });
}
