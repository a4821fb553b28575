using ConvNetShell.Core.Layers;

namespace ConvNetShell.Core.Networks.Editing;

/// <summary>Changes to the layers of a network.</summary>
public sealed record NetworkEdit
{
    /// <summary>Gets the name of the layer that <see cref="With"/> replaces, or <see langword="null"/>.</summary>
    public string? Replace { get; init; }

    /// <summary>Gets the layers that stand instead of it.</summary>
    public IReadOnlyList<LayerSpec> With { get; init; } = [];

    /// <summary>Gets the names of the layers that are left out.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Gets the layers that follow the last one.</summary>
    public IReadOnlyList<LayerSpec> Append { get; init; } = [];

    /// <summary>Gets the seed of new weights.</summary>
    public int Seed { get; init; }
}
