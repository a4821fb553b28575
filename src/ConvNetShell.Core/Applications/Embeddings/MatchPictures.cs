using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Embeddings;

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>Keeps the images of some answers of a report, for a figure: half of them wrong ones, where there are so many.</summary>
public static class MatchPictures
{
    private const int Most = 24;

    /// <summary>Returns the report with the images of up to 24 answers.</summary>
    /// <param name="report">The report.</param>
    /// <param name="find">Returns the image of a source; <see langword="null"/> where there is none.</param>
    /// <returns>The report; its answers stay in order.</returns>
    public static MatchReport Attach(MatchReport report, Func<string, ImageSample?> find)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(find);
        MatchResult[] wrong = [.. report.Matches.Where(match => match.IsCorrect == false)],
            others = [.. report.Matches.Where(match => match.IsCorrect != false)];
        int shown = Math.Clamp(Most - others.Length, Math.Min(wrong.Length, Most / 2), Math.Max(wrong.Length, Most / 2));
        HashSet<MatchResult> kept = new(
            wrong.Take(shown).Concat(others.Take(Most - Math.Min(shown, wrong.Length))),
            ReferenceEqualityComparer.Instance
        );
        return report with
        {
            Matches = Array.AsReadOnly([
                .. report.Matches.Select(match =>
                    kept.Contains(match) ? match with { ProbeSample = find(match.Probe), GallerySample = find(match.GalleryImage) } : match
                ),
            ]),
        };
    }
}
