using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>What a shift of a picture does to the vector that a dense layer reads: many of its numbers change.</summary>
/// <param name="Input">The picture's sizes.</param>
/// <param name="Down">How many rows it is moved down; negative for up.</param>
/// <param name="Right">How many columns it is moved to the right; negative for left.</param>
/// <param name="Inputs">The numbers of the vector.</param>
/// <param name="Changed">How many of them are others after the shift.</param>
/// <param name="Before">The picture: arrays of arrays.</param>
/// <param name="After">The moved picture, with zeros where nothing came.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record ShiftComparison(string Input, int Down, int Right, int Inputs, int Changed, Array Before, Array After) : IPictureSource
{
    private const int Colors = 3;

    /// <summary>Gets the fraction of the numbers that changed, from 0 to 1.</summary>
    public double ChangedFraction => (double)Changed / Inputs;

    /// <summary>Returns both pictures, each also as the vector that a dense layer reads, and the vectors' difference.</summary>
    /// <returns>The pictures.</returns>
    public PictureGrid ToPictures()
    {
        float[] before = [.. ArrayPictures.Values(Before).Select(value => (float)value)],
            after = [.. ArrayPictures.Values(After).Select(value => (float)value)];
        return new PictureGrid(
            ToString(),
            [
                .. Show(Before, "before"),
                .. Show(After, "after"),
                Vector("before, as a vector", before),
                Vector("after, as a vector", after),
                Vector("difference", [.. after.Zip(before, (moved, there) => moved - there)]),
            ]
        );
    }

    /// <summary>Says how many numbers changed.</summary>
    /// <returns>For example <c>24 of 80 inputs change: 8x10, 2 right</c>.</returns>
    public override string ToString()
    {
        string down = Down == 0 ? string.Empty : FormattableString.Invariant($", {Math.Abs(Down)} {(Down > 0 ? "down" : "up")}"),
            right = Right == 0 ? string.Empty : FormattableString.Invariant($", {Math.Abs(Right)} {(Right > 0 ? "right" : "left")}");
        return string.Create(CultureInfo.InvariantCulture, $"{Changed:N0} of {Inputs:N0} inputs change: {Input}{down}{right}");
    }

    private static IReadOnlyList<Picture> Show(Array picture, string caption) =>
        IsColor(picture) ? [ArrayPictures.Color(picture, caption)] : ArrayPictures.All(picture, caption);

    private static bool IsColor(Array picture) =>
        picture.Length == Colors
        && picture.GetValue(0) is double[][]
        && ArrayPictures.Values(picture).All(value => value is >= 0 and <= ArrayPictures.MostOfByte);

    private static Picture Vector(string caption, float[] values) =>
        new(caption, 1, 1, values.Length, values, values.Any(value => value < 0) ? ColorScale.Diverging : ColorScale.Viridis);
}
