namespace ConvNetShell.Core.Applications.Captions;

/// <summary>A caption that a search found.</summary>
/// <param name="Words">The numbers of its words, the end left out.</param>
/// <param name="Logarithms">The natural logarithm of each word's probability, that of the end last where it was reached.</param>
/// <param name="Looks">The weight of each position for each word; empty without attention.</param>
internal sealed record FoundCaption(IReadOnlyList<int> Words, IReadOnlyList<double> Logarithms, IReadOnlyList<float[]> Looks)
{
    /// <summary>Gets the natural logarithm of the caption's probability.</summary>
    public double Total => Logarithms.Sum();
}
