using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>What excites one unit of a layer most: a piece of an image, as large as the unit's receptive field.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Unit">The channel, or of a dense layer the unit, from 0.</param>
/// <param name="Rank">1 for the image with the largest value.</param>
/// <param name="Activation">The value.</param>
/// <param name="Source">The image: an index in a split, for example <c>Test[12]</c>.</param>
/// <param name="Class">The image's class.</param>
/// <param name="At">The value's position in the layer's map: row and column; empty if values have no position.</param>
/// <param name="Region">The first and the last pixel of the receptive field in each dimension; outside the image within the
/// padding.</param>
/// <param name="Patch">The pixels of the region; what lies outside the image has the mean color.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record MaximalPatch(
    string Layer,
    int Unit,
    int Rank,
    double Activation,
    string Source,
    string? Class,
    IReadOnlyList<int> At,
    IReadOnlyList<int[]> Region,
    ImageSample Patch
) : IPictureSource
{
    /// <summary>Gets the whole image.</summary>
    public required ImageSample Sample { get; init; }

    /// <summary>Gets the region's sizes as text.</summary>
    public string Size => string.Join('x', Region.Select(pair => (pair[1] - pair[0] + 1).ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc />
    public PictureGrid ToPictures() =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"{Layer}[{Unit}]"),
            [SamplePictures.ToPicture(Patch, string.Create(CultureInfo.InvariantCulture, $"activation {Activation:G3}\n{Class ?? Source}"))]
        );

    /// <summary>Says the unit, the value and the image.</summary>
    /// <returns>For example <c>conv3[7] 1: 4.21 at 3,5 of Test[12] (cat)</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Layer}[{Unit}] {Rank}: {Activation:G3}{(At.Count == 0 ? string.Empty : $" at {ViewText.Position(At)}")} of "
                + $"{Source}{(Class is null ? string.Empty : $" ({Class})")}"
        );
}
