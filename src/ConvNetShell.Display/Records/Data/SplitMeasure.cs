using System.Globalization;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Data;

/// <summary>What one split of a dataset has: its classes, its values, and the images that come twice.</summary>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Split">Train, Validation or Test.</param>
/// <param name="Images">The number of images.</param>
/// <param name="Classes">The number of classes that have an image.</param>
/// <param name="Smallest">The images of the class with the fewest.</param>
/// <param name="Largest">The images of the class with the most.</param>
/// <param name="Mean">The mean of all values, which count from 0 to 1.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Repeated">The images that are the same as an earlier one of the split, and as none of an earlier split.</param>
/// <param name="Leaked">The images that are the same as one of an earlier split: of Train, or for Test of Validation.</param>
/// <param name="Conflicting">The repeated and leaked images that have another label than the first one.</param>
public sealed record SplitMeasure(
    string Dataset,
    string Split,
    int Images,
    int Classes,
    int Smallest,
    int Largest,
    double Mean,
    double Deviation,
    int Repeated,
    int Leaked,
    int Conflicting
) : IPicturesOnRequest
{
    private const int MostPairs = 24;

    /// <summary>Gets repeated and leaked images, each with the first one like it: other labels first, then leaks.</summary>
    public IReadOnlyList<DuplicatePair> Duplicates { get; init; } = [];

    /// <summary>Returns the images that come twice beside the first one like each: leaks and other labels are named.</summary>
    /// <returns>The first 24 pairs; none where every image is there once.</returns>
    public PictureGrid ToRequestedPictures()
    {
        int left = Duplicates.Count - MostPairs;
        return new PictureGrid(string.Empty, [.. Duplicates.Take(MostPairs).SelectMany(pair => pair.ToPictures().Pictures)])
        {
            Columns = 2 * Math.Clamp(Duplicates.Count, 1, 3),
            Note = left > 0 ? string.Create(CultureInfo.InvariantCulture, $"{left:N0} further pairs are left out.") : string.Empty,
        };
    }

    /// <summary>Says the split, its images and how many come twice.</summary>
    /// <returns>For example <c>Test of CIFAR10: 10,000 images of 10 classes, 0 repeated, 12 leaked, 1 with another label</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Split} of {Dataset}: {Images:N0} images of {Classes} classes, {Repeated:N0} repeated, {Leaked:N0} leaked, "
                + $"{Conflicting:N0} with another label"
        );
}
