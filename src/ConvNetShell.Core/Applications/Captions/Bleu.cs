namespace ConvNetShell.Core.Applications.Captions;

/// <summary>
/// BLEU of a corpus (Papineni et al., 2002): the geometric mean of the precisions of sequences of one to n words, each counted at most as
/// often as in one of the true captions, times a penalty where the captions are shorter than the true ones of the nearest length.
/// </summary>
public static class Bleu
{
    /// <summary>The longest sequences.</summary>
    public const int Longest = 4;

    /// <summary>Measures captions.</summary>
    /// <param name="captions">The words of each caption.</param>
    /// <param name="references">The words of the true captions of each.</param>
    /// <returns>BLEU-1, BLEU-2, BLEU-3 and BLEU-4, each from 0 to 1.</returns>
    public static IReadOnlyList<double> Measure(
        IReadOnlyList<IReadOnlyList<string>> captions,
        IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> references
    )
    {
        var right = new double[Longest];
        var said = new double[Longest];
        double length = 0,
            wanted = 0;
        for (int i = 0; i < captions.Count; i++)
        {
            IReadOnlyList<string> caption = captions[i];
            length += caption.Count;
            wanted += references[i].Select(own => own.Count).MinBy(count => (Math.Abs(count - caption.Count), count));
            for (int n = 1; n <= Longest; n++)
            {
                Dictionary<string, int>[] known = [.. references[i].Select(own => WordSequences.Count(own, n))];
                foreach ((string sequence, int count) in WordSequences.Count(caption, n))
                {
                    said[n - 1] += count;
                    right[n - 1] += Math.Min(count, known.Max(own => own.GetValueOrDefault(sequence)));
                }
            }
        }
        double penalty =
            length >= wanted ? 1
            : length == 0 ? 0
            : Math.Exp(1 - (wanted / length));
        var scores = new double[Longest];
        double logarithms = 0;
        for (int n = 0; n < Longest; n++)
        {
            logarithms += right[n] > 0 ? Math.Log(right[n] / said[n]) : double.NegativeInfinity;
            scores[n] = penalty * Math.Exp(logarithms / (n + 1));
        }
        return scores;
    }
}
