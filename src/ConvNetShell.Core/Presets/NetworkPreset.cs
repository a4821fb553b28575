using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Presets;

/// <summary>A known network.</summary>
/// <param name="Name">The name scripts use.</param>
/// <param name="Spec">The layers, in the specification language.</param>
/// <param name="InputShape">The input it is made for, channels first.</param>
/// <param name="Dataset">The dataset it is trained on when none is named.</param>
/// <param name="Source">Where the network comes from.</param>
public sealed record NetworkPreset(string Name, string Spec, Shape InputShape, string Dataset, string Source)
{
    /// <summary>
    /// Gets its own recipe if the general one does not suit it, or <see langword="null"/>; the user's settings take precedence.
    /// </summary>
    public TrainingSettings? Recipe { get; init; }

    /// <summary>Gets the initializer of the first layer if the general rule does not suit it, or <see langword="null"/>.</summary>
    public Initializer? FirstInitializer { get; init; }

    /// <summary>Gets the number of trainable values at the preset's own input.</summary>
    public long ParameterCount => NetworkPlan.Fit(NetworkSpec.Parse(Spec), InputShape).ParameterCount;

    /// <summary>Returns the layers, the last dense one (or the fixed codes) with a unit for each class.</summary>
    /// <param name="classes">The number of classes; <see langword="null"/> keeps the preset's.</param>
    /// <returns>The layers in order.</returns>
    public IReadOnlyList<LayerSpec> Layers(int? classes = null)
    {
        var layers = NetworkSpec.Parse(Spec).ToList();
        if (FirstInitializer is not null)
        {
            layers[0] = (FilterSpec)layers[0] with { Initializer = FirstInitializer };
        }
        return classes is int count ? ClassHead.WithClasses(layers, count) : layers;
    }

    /// <summary>Says the name and the layers.</summary>
    /// <returns>For example <c>MLP: fc256 relu fc128 relu fc10 softmax</c>.</returns>
    public override string ToString() => $"{Name}: {Spec}";
}
