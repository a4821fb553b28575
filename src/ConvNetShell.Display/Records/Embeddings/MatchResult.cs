using System.Globalization;

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
{
    /// <summary>
    /// Gets whether the answer is right: the true class, or no class where the true one is not in the gallery; <see langword="null"/>
    /// where the true class is not known.
    /// </summary>
    public bool? IsCorrect =>
        Class is null ? null
        : Rank is null ? Match is null
        : Match == Class;

    /// <summary>Says the image and the answer.</summary>
    /// <returns>For example <c>Test[12] (person182): person182, similarity 0.87</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Probe}{(Class is null ? string.Empty : $" ({Class})")}: {Match ?? "unknown"}, similarity {Similarity:F2}"
        );
}
