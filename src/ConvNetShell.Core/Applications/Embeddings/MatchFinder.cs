using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Display.Records.Embeddings;

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>Identifies images: finds the most similar ones among known images.</summary>
public static class MatchFinder
{
    private const int Few = 5;

    /// <summary>Finds the class of each probe.</summary>
    /// <param name="gallery">The known images, each with its class; a class is as similar as the most similar of its images.</param>
    /// <param name="probes">The images to identify; those without a class count in no figure.</param>
    /// <param name="threshold">The similarity below which a probe is unknown; <see langword="null"/> gives every probe a class.</param>
    /// <returns>The report, with an answer for each probe.</returns>
    /// <exception cref="InvalidSettingException">The gallery or the probes are empty, a gallery image has no class, or lengths differ.
    /// </exception>
    public static MatchReport Find(IReadOnlyList<Embedding> gallery, IReadOnlyList<Embedding> probes, double? threshold = null)
    {
        Require(gallery, probes);
        string[] classes = [.. gallery.Select(image => image.Class!).Distinct()];
        Dictionary<string, int> index = classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        int[] owners = [.. gallery.Select(image => index[image.Class!])];
        var matches = new MatchResult[probes.Count];
        Parallel.For(
            0,
            probes.Count,
            i =>
            {
                (double[] best, int[] images) = Best(probes[i], gallery, owners, classes.Length);
                int first = Array.IndexOf(best, best.Max());
                int? rank =
                    probes[i].Class is string truth && index.TryGetValue(truth, out int own)
                        ? 1 + best.Where((score, other) => score > best[own] || (score == best[own] && other < own)).Count()
                        : null;
                string? answer = threshold is double least && best[first] < least ? null : classes[first];
                matches[i] = new MatchResult(probes[i].Source, probes[i].Class, answer, best[first], gallery[images[first]].Source, rank);
            }
        );
        MatchResult[] known = [.. matches.Where(match => match.Rank is not null)],
            foreign = [.. matches.Where(match => match.Class is not null && match.Rank is null)];
        int right = known.Count(match => match.Rank == 1);
        (double low, double high) = known.Length == 0 ? (double.NaN, double.NaN) : WilsonInterval.Of(right, known.Length);
        return new MatchReport(
            probes[0].Network,
            gallery.Count,
            classes.Length,
            probes.Count,
            Fraction(known, match => match.Rank == 1),
            Fraction(known, match => match.Rank <= Few),
            Array.AsReadOnly(matches)
        )
        {
            Rank1Low = low,
            Rank1High = high,
            Threshold = threshold,
            DetectionRate = Fraction(known, match => match.Match == match.Class),
            FalseMatchRate = Fraction(foreign, match => match.Match is not null),
        };
    }

    private static (double[] Best, int[] Images) Best(Embedding probe, IReadOnlyList<Embedding> gallery, int[] owners, int classes)
    {
        var best = new double[classes];
        var images = new int[classes];
        Array.Fill(best, double.NegativeInfinity);
        for (int i = 0; i < owners.Length; i++)
        {
            double similarity = probe.Similarity(gallery[i]);
            if (similarity > best[owners[i]])
            {
                (best[owners[i]], images[owners[i]]) = (similarity, i);
            }
        }
        return (best, images);
    }

    private static double Fraction(MatchResult[] matches, Func<MatchResult, bool> isCounted) =>
        matches.Length == 0 ? double.NaN : (double)matches.Count(isCounted) / matches.Length;

    private static void Require(IReadOnlyList<Embedding> gallery, IReadOnlyList<Embedding> probes)
    {
        if (gallery.Count == 0 || probes.Count == 0)
        {
            throw new InvalidSettingException(
                gallery.Count == 0 ? "Gallery" : "Probe",
                "one or more images",
                gallery.Count == 0 ? gallery.Count : probes.Count
            );
        }
        if (gallery.FirstOrDefault(image => image.Class is null) is { } nameless)
        {
            throw new InvalidSettingException("Gallery", "images with a class each, as Select-Sample returns them", nameless.Source);
        }
        int length = gallery[0].Vector.Count;
        if (gallery.Concat(probes).FirstOrDefault(image => image.Vector.Count != length) is { } other)
        {
            throw new InvalidSettingException(
                "Probe",
                FormattableString.Invariant($"embeddings of one network, of {length} numbers each"),
                other.ToString()
            );
        }
    }
}
