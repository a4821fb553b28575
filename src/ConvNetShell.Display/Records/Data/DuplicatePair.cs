using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Data;

/// <summary>An image that comes twice, and the first one that is the same.</summary>
/// <param name="Sample">The image.</param>
/// <param name="Original">The first image like it, of the same split or of an earlier one.</param>
/// <param name="Difference">
/// The root mean square of the differences of their values, which count from 0 to 1; 0 if they are equal.
/// </param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record DuplicatePair(ImageSample Sample, ImageSample Original, double Difference) : IPictureSource
{
    /// <summary>Gets the image: a file, or an index in a split, for example <c>Test[12]</c>.</summary>
    public string Source => Sample.Source;

    /// <summary>Gets the first image like it.</summary>
    public string OriginalSource => Original.Source;

    /// <summary>Gets the label of the image.</summary>
    public string? Label => Sample.Class;

    /// <summary>Gets the label of the first image like it.</summary>
    public string? OriginalLabel => Original.Class;

    /// <summary>Gets a value indicating whether the first one is of another split.</summary>
    public bool IsLeak => Sample.Split != Original.Split;

    /// <summary>Gets a value indicating whether their labels differ.</summary>
    public bool IsConflict => Sample.Label != Original.Label;

    /// <inheritdoc />
    public PictureGrid ToPictures() =>
        new(
            string.Empty,
            [
                SamplePictures.ToPicture(Sample, Caption(Sample)),
                SamplePictures.ToPicture(
                    Original,
                    Caption(Original) + (IsLeak ? ", leak" : string.Empty) + (IsConflict ? ", other label" : string.Empty)
                ),
            ]
        );

    /// <summary>Says both images, their labels and the difference.</summary>
    /// <returns>For example <c>Test[12] (dog) is Train[7] (dog), difference 0.003</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Source} ({Label}) is {OriginalSource} ({OriginalLabel}), difference {Difference:0.###}"
        );

    private static string Caption(ImageSample sample) =>
        string.Create(CultureInfo.InvariantCulture, $"{sample.Class}\n{sample.Split}[{sample.Index}]");
}
