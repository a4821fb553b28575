using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>A network to look at or to measure, and the data it was trained on where that is known.</summary>
/// <param name="Network">The network.</param>
/// <param name="Dataset">The dataset of the run it came from, or <see langword="null"/>.</param>
public sealed record NetworkSource(Network Network, Dataset? Dataset)
{
    /// <summary>Gets the learning rate of the run it came from, or <see langword="null"/>.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Says the network's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Network.Name;
}
