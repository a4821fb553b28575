namespace ConvNetShell.Core.Applications.Captions;

/// <summary>
/// CIDEr (Vedantam et al., arXiv 1411.5726): 10 times the mean over sequences of one to four words of the cosine between a caption and each
/// true one. A sequence counts by how often it occurs, and less the more images have it in a true caption.
/// </summary>
public static class Cider
{
    private const int Longest = 4;
    private const double Scale = 10;

    /// <summary>Measures captions.</summary>
    /// <param name="captions">The words of each caption.</param>
    /// <param name="references">The words of the true captions of each.</param>
    /// <returns>The mean over the captions, from 0 to 10.</returns>
    public static double Measure(
        IReadOnlyList<IReadOnlyList<string>> captions,
        IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> references
    )
    {
        double sum = 0;
        for (int n = 1; n <= Longest; n++)
        {
            var images = new Dictionary<string, int>(StringComparer.Ordinal); // that have the sequence
            foreach (IReadOnlyList<IReadOnlyList<string>> own in references)
            {
                foreach (string sequence in own.SelectMany(caption => WordSequences.Count(caption, n).Keys).Distinct())
                {
                    images[sequence] = images.GetValueOrDefault(sequence) + 1;
                }
            }
            for (int i = 0; i < captions.Count; i++)
            {
                Dictionary<string, double> caption = Weighted(captions[i], n, images, references.Count);
                sum += references[i].Average(own => Cosine(caption, Weighted(own, n, images, references.Count))) / Longest;
            }
        }
        return Scale * sum / captions.Count;
    }

    private static Dictionary<string, double> Weighted(IReadOnlyList<string> words, int n, Dictionary<string, int> images, int count) =>
        WordSequences
            .Count(words, n)
            .ToDictionary(
                pair => pair.Key,
                pair => pair.Value * Math.Log((double)count / Math.Max(1, images.GetValueOrDefault(pair.Key))),
                StringComparer.Ordinal
            );

    private static double Cosine(Dictionary<string, double> one, Dictionary<string, double> other)
    {
        double lengths = Math.Sqrt(one.Values.Sum(value => value * value) * other.Values.Sum(value => value * value));
        return lengths == 0 ? 0 : one.Sum(pair => pair.Value * other.GetValueOrDefault(pair.Key)) / lengths;
    }
}
