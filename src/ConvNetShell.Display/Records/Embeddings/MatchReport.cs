using System.Globalization;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Embeddings;

/// <summary>How well a network finds the class of images (probes) among known images (the gallery).</summary>
/// <param name="Network">The network's name.</param>
/// <param name="GalleryImages">The images of the gallery.</param>
/// <param name="GalleryClasses">The classes of the gallery.</param>
/// <param name="Probes">The images to identify.</param>
/// <param name="Rank1">The fraction of the probes of a class of the gallery whose most similar class is the true one.</param>
/// <param name="Rank5">The fraction whose true class is among the five most similar.</param>
/// <param name="Matches">The answer for each probe.</param>
public sealed record MatchReport(
    string Network,
    int GalleryImages,
    int GalleryClasses,
    int Probes,
    double Rank1,
    double Rank5,
    IReadOnlyList<MatchResult> Matches
) : IPicturesOnRequest
{
    private const int Pairs = 3; // in a row

    /// <summary>Gets the lower end of rank 1's 95 % interval (Wilson).</summary>
    public double Rank1Low { get; init; } = double.NaN;

    /// <summary>Gets the upper end of rank 1's 95 % interval.</summary>
    public double Rank1High { get; init; } = double.NaN;

    /// <summary>Gets the similarity below which a probe is unknown; <see langword="null"/> where every probe gets a class.</summary>
    public double? Threshold { get; init; }

    /// <summary>
    /// Gets the fraction of the probes of a class of the gallery that get the true class at the threshold; NaN without such probes.
    /// </summary>
    public double DetectionRate { get; init; } = double.NaN;

    /// <summary>
    /// Gets the fraction of the probes of other classes that get a class all the same; NaN without such probes.
    /// </summary>
    public double FalseMatchRate { get; init; } = double.NaN;

    /// <summary>Returns the answers whose images are kept, the wrong ones first: each image beside the gallery image most like it.
    /// </summary>
    /// <returns>The pairs; none where no images are kept.</returns>
    public PictureGrid ToRequestedPictures()
    {
        MatchResult[] shown =
        [
            .. Matches
                .Where(match => match is { ProbeSample: not null, GallerySample: not null })
                .OrderByDescending(match => match.IsCorrect == false),
        ];
        int wrong = shown.Count(match => match.IsCorrect == false),
            all = Matches.Count(match => match.IsCorrect == false);
        return new PictureGrid(ToString(), [.. shown.SelectMany(match => match.ToRequestedPictures().Pictures)])
        {
            Columns = 2 * Math.Clamp(shown.Length, 1, Pairs),
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"Each image with the gallery image most like it: {wrong} of {all} wrong answers (red), {shown.Length - wrong} others."
            ),
        };
    }

    /// <summary>Says the network and the ranks.</summary>
    /// <returns>For example <c>FaceNetSmall: rank 1 99.9 %, rank 5 100.0 % (780 probes, gallery of 20 images)</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Network}: rank 1 {ViewText.Percent(Rank1)}, rank 5 {ViewText.Percent(Rank5)} "
                + $"({Probes} probes, gallery of {GalleryImages} images)"
        );
}
