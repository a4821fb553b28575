using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
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

    /// <summary>Gets how the weights of layers start, by name, where the general rule does not suit them.</summary>
    public IReadOnlyDictionary<string, Initializer> Initializers { get; init; } = new Dictionary<string, Initializer>();

    /// <summary>Gets how layers are trained, by name, where that is not as the others are.</summary>
    public IReadOnlyDictionary<string, LayerTraining> LayerTraining { get; init; } = new Dictionary<string, LayerTraining>();

    /// <summary>Gets the number of trainable values at the preset's own input.</summary>
    public long ParameterCount => NetworkPlan.Fit(NetworkSpec.Parse(Spec), InputShape).ParameterCount;

    /// <summary>Returns the layers, the last dense one (or the fixed codes) with a unit for each class.</summary>
    /// <param name="classes">The number of classes; <see langword="null"/> keeps the preset's.</param>
    /// <returns>The layers in order.</returns>
    public IReadOnlyList<LayerSpec> Layers(int? classes = null)
    {
        var names = new LayerNames();
        var layers = NetworkSpec
            .Parse(Spec)
            .Select(layer => Initializers.GetValueOrDefault(names.Next(layer)) is { } start ? Starting(layer, start) : layer)
            .ToList();
        return classes is int count ? ClassHead.WithClasses(layers, count) : layers;
    }

    /// <summary>Says the name and the layers.</summary>
    /// <returns>For example <c>MLP: fc256 relu fc128 relu fc10 softmax</c>.</returns>
    public override string ToString() => $"{Name}: {Spec}";

    private static LayerSpec Starting(LayerSpec layer, Initializer start) =>
        layer is DenseSpec dense ? dense with { Initializer = start } : (FilterSpec)layer with { Initializer = start };
}
