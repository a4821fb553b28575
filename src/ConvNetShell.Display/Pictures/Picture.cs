using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Pictures;

/// <summary>Numbers in planes that can be drawn: an image, a map, a filter, a heat map over an image.</summary>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record Picture : IPictureSource
{
    /// <summary>Initializes a new instance of the <see cref="Picture"/> class.</summary>
    /// <param name="caption">The caption below it; may be empty.</param>
    /// <param name="channels">The planes: 3 are drawn as red, green and blue with <see cref="ColorScale.Natural"/>; else the planes are
    /// drawn one beside the other.</param>
    /// <param name="height">The rows.</param>
    /// <param name="width">The columns.</param>
    /// <param name="values">Channels x height x width numbers: plane by plane, row by row.</param>
    /// <param name="scale">How numbers become colors.</param>
    public Picture(string caption, int channels, int height, int width, float[] values, ColorScale scale = ColorScale.Natural)
    {
        ArgumentNullException.ThrowIfNull(caption);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (values.Length != (long)channels * height * width)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected {channels} x {height} x {width} = {(long)channels * height * width} values. Received: {values.Length}."
                ),
                nameof(values)
            );
        }
        (Caption, Channels, Height, Width, Values, Scale) = (caption, channels, height, width, values, scale);
        (Min, Max, NaNCount) = PictureRange.Of(values);
    }

    /// <summary>Gets what stands below the picture.</summary>
    public string Caption
    {
        get;
        init => field = VisibleText.OfLines(value);
    }

    /// <summary>Gets the number of planes.</summary>
    public int Channels { get; }

    /// <summary>Gets the rows.</summary>
    public int Height { get; }

    /// <summary>Gets the columns.</summary>
    public int Width { get; }

    /// <summary>Gets the numbers: plane by plane, row by row.</summary>
    public float[] Values { get; }

    /// <summary>Gets how numbers become colors.</summary>
    public ColorScale Scale { get; init; }

    /// <summary>
    /// Gets the number that takes the scale's lowest color; <see langword="null"/> for 0 of a natural picture and else the smallest value.
    /// </summary>
    public double? Low { get; init; }

    /// <summary>
    /// Gets the number that takes the scale's highest color; <see langword="null"/> for 1 of a natural picture and else the largest value.
    /// </summary>
    public double? High { get; init; }

    /// <summary>
    /// Gets a picture that is drawn below this one, which lets it show through; <see langword="null"/> for none. It may be of another size.
    /// </summary>
    public Picture? Under { get; init; }

    /// <summary>Gets how much this picture covers the one below it, from 0 to 1, where it has its highest color.</summary>
    public double Opacity { get; init; } = 0.6;

    /// <summary>Gets rectangles to mark: row, column, height and width of each.</summary>
    public IReadOnlyList<int[]> Marks { get; init; } = [];

    /// <summary>Gets the names of the marks, which stand at their corners; empty for marks without names.</summary>
    public IReadOnlyList<string> MarkNames { get; init; } = [];

    /// <summary>
    /// Gets whether the picture is a right answer, which has a green frame; a wrong one has a red frame, and <see langword="null"/> stands
    /// for no answer.
    /// </summary>
    public bool? IsRight { get; init; }

    /// <summary>Gets the name of the numbers, such as activation, which stands before their range; empty where it is clear.</summary>
    public string Quantity { get; init; } = string.Empty;

    /// <summary>
    /// Gets a value indicating whether the numbers are written in their cells where there is room; a row is no curve then.
    /// </summary>
    public bool IsNumbered { get; init; }

    /// <summary>Gets the object that the numbers come from: pictures of one that differ in their marks are drawn once.</summary>
    internal object? Origin { get; init; }

    /// <summary>Gets the smallest number that is one; not a number where there is none.</summary>
    public double Min { get; }

    /// <summary>Gets the largest number that is one; not a number where there is none.</summary>
    public double Max { get; }

    /// <summary>Gets how many values are not a number; they are drawn in a color of their own.</summary>
    public int NaNCount { get; }

    /// <summary>Returns a grid of this picture alone.</summary>
    /// <returns>A grid without a title.</returns>
    public PictureGrid ToPictures() => new(string.Empty, [this]);

    /// <summary>Says the caption, the size and the range.</summary>
    /// <returns>For example <c>conv1[3]: 1x32x32, 0 to 2.41</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Caption.Length > 0 ? Caption + ": " : string.Empty)}{Channels}x{Height}x{Width}, {Min:G3} to "
                + $"{Max:G3}{(NaNCount > 0 ? $", {NaNCount:N0} not a number" : string.Empty)}"
        );
}
