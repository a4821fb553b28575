using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>One layer of a network's panel: its description and its pictures.</summary>
/// <param name="Name">The layer's name, or input.</param>
/// <param name="Kind">What kind of layer: Conv 5x5, MaxPool.</param>
/// <param name="Output">The shape that comes out.</param>
/// <param name="Formula">The parameter count as the lecture writes it; empty without parameters.</param>
public sealed record PanelLayer(string Name, string Kind, string Output, string Formula)
{
    /// <summary>Gets the output, a picture for each channel, in one range; empty without an image.</summary>
    public IReadOnlyList<Picture> Activations { get; init; } = [];

    /// <summary>Gets the gradients of the likeliest class's score there, a picture a channel; empty without an image.</summary>
    public IReadOnlyList<Picture> Gradients { get; init; } = [];

    /// <summary>Gets the weights, a picture a filter; empty without weights.</summary>
    public IReadOnlyList<Picture> Weights { get; init; } = [];

    /// <summary>Says the name, the kind and the output.</summary>
    /// <returns>For example <c>conv1 (Conv 5x5) -> 16x32x32</c>.</returns>
    public override string ToString() =>
        $"{Name}{(Kind.Length > 0 ? $" ({Kind})" : string.Empty)} -> {Output}{(Formula.Length > 0 ? $", {Formula}" : string.Empty)}";
}
