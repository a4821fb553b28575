using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Rendering.Pictures;

/// <summary>The numbers at the two ends of a color scale.</summary>
/// <param name="Low">The number with the lowest color.</param>
/// <param name="High">The number with the highest color.</param>
internal readonly record struct ValueRange(double Low, double High)
{
    /// <summary>Returns the range of one picture.</summary>
    public static ValueRange Of(Picture picture) => Of(picture.Scale, picture.Low ?? picture.Min, picture.High ?? picture.Max, picture);

    /// <summary>Returns the range that pictures of one scale have in common.</summary>
    public static ValueRange Common(IReadOnlyList<Picture> pictures)
    {
        double[] lows = [.. pictures.Select(picture => picture.Low ?? picture.Min).Where(double.IsFinite)];
        double[] highs = [.. pictures.Select(picture => picture.High ?? picture.Max).Where(double.IsFinite)];
        return Of(pictures[0].Scale, lows.DefaultIfEmpty(double.NaN).Min(), highs.DefaultIfEmpty(double.NaN).Max(), pictures[0]);
    }

    /// <summary>
    /// Returns where a number lies between the ends, from 0 to 1 and beyond; where all numbers are one, 0 for zero and else the middle.
    /// </summary>
    public double Fraction(double value) =>
        High > Low ? (value - Low) / (High - Low)
        : Low == 0 ? 0
        : 0.5;

    private static ValueRange Of(ColorScale scale, double low, double high, Picture picture)
    {
        if (scale == ColorScale.Natural)
        {
            return picture.Low is null && picture.High is null ? new ValueRange(0, 1) : new ValueRange(low, high);
        }
        if (!double.IsFinite(low) || !double.IsFinite(high))
        {
            return new ValueRange(scale == ColorScale.Diverging ? -1 : 0, 1);
        }
        if (scale == ColorScale.Viridis)
        {
            return new ValueRange(low, high);
        }
        double bound = Math.Max(Math.Abs(low), Math.Abs(high));
        return bound == 0 ? new ValueRange(-1, 1) : new ValueRange(-bound, bound);
    }
}
