using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Networks.Editing;

/// <summary>Changes to the layers of a network, and to what goes into it.</summary>
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

    /// <summary>Gets the shape of one sample of the input, channels first; <see langword="null"/> keeps it.</summary>
    public Shape? InputShape { get; init; }

    /// <summary>
    /// Gets the mean of each channel, or one for all, that is taken from pixels from 0 to 1; <see langword="null"/> keeps it, and is 0
    /// where <see cref="StandardDeviation"/> is given.
    /// </summary>
    public IReadOnlyList<double>? Mean { get; init; }

    /// <summary>
    /// Gets the number that each channel, or all, is divided by after that; <see langword="null"/> keeps it, and is 1 where
    /// <see cref="Mean"/> is given.
    /// </summary>
    public IReadOnlyList<double>? StandardDeviation { get; init; }

    /// <summary>
    /// Gets a value indicating whether the first layer's weights are put in the reverse order of the channels: a network for blue, green,
    /// red becomes one for red, green, blue.
    /// </summary>
    public bool ReverseChannels { get; init; }

    /// <summary>Gets the seed of new weights.</summary>
    public int Seed { get; init; }
}
