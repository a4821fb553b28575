namespace ConvNetShell.Core.Sweeps.Analysis;

/// <summary>A box of a regression tree and its value.</summary>
/// <param name="Value">The mean of the trials in it.</param>
/// <param name="Sides">Its side along each parameter.</param>
internal sealed record ForestLeaf(double Value, IReadOnlyList<LeafSide> Sides)
{
    /// <summary>Gets the fraction of the space that the box fills.</summary>
    public double Volume { get; } = Sides.Aggregate(1.0, (volume, side) => volume * side.Size);
}
