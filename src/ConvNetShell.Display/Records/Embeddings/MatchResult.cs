using System.Globalization;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Display.Records.Embeddings;

/// <summary>The class that an image was identified as.</summary>
/// <param name="Probe">The image.</param>
/// <param name="Class">Its true class, or <see langword="null"/> where it is not known.</param>
/// <param name="Match">The class of the most similar gallery image; <see langword="null"/> where it is not similar enough.</param>
/// <param name="Similarity">The cosine to that gallery image.</param>
/// <param name="GalleryImage">That gallery image.</param>
/// <param name="Rank">The rank of the true class among the classes of the gallery, from 1; <see langword="null"/> where it is not there.
/// </param>
public sealed record MatchResult(string Probe, string? Class, string? Match, double Similarity, string GalleryImage, int? Rank)
    : IPicturesOnRequest
{
    /// <summary>Gets the image to identify, for pictures; <see langword="null"/> where it is not kept.</summary>
    public ImageSample? ProbeSample { get; init; }

    /// <summary>Gets the most similar gallery image, for pictures; <see langword="null"/> where it is not kept.</summary>
    public ImageSample? GallerySample { get; init; }

    /// <summary>
    /// Gets whether the answer is right: the true class, or no class where the true one is not in the gallery; <see langword="null"/>
    /// where the true class is not known.
    /// </summary>
    public bool? IsCorrect =>
        Class is null ? null
        : Rank is null ? Match is null
        : Match == Class;

    /// <summary>Returns the image beside the gallery image that is most similar: its frame is green for a right answer, red for a
    /// wrong one.</summary>
    /// <returns>The pair; none where the images are not kept.</returns>
    public PictureGrid ToRequestedPictures()
    {
        if (ProbeSample is null || GallerySample is null)
        {
            return new PictureGrid(string.Empty, []);
        }
        string found = Match ?? $"unknown, nearest {GallerySample.Class}";
        return new PictureGrid(
            string.Empty,
            [
                SamplePictures.ToPicture(ProbeSample, $"{Class ?? "?"}\n{Path.GetFileName(Probe)}"),
                SamplePictures.ToPicture(
                    GallerySample,
                    string.Create(CultureInfo.InvariantCulture, $"{found}\nsimilarity {Similarity:F2}")
                ) with
                {
                    IsRight = IsCorrect,
                },
            ]
        )
        {
            Columns = 2,
        };
    }

    /// <summary>Says the image and the answer.</summary>
    /// <returns>For example <c>Test[12] (person182): person182, similarity 0.87</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Probe}{(Class is null ? string.Empty : $" ({Class})")}: {Match ?? "unknown"}, similarity {Similarity:F2}"
        );
}
