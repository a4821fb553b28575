namespace ConvNetShell.Display.Pictures;

/// <summary>The range of a picture's numbers.</summary>
internal static class PictureRange
{
    /// <summary>
    /// Returns the smallest and the largest number, infinities left out, and how many values are neither; NaN, NaN where there is no
    /// number.
    /// </summary>
    public static (double Min, double Max, int NaNCount) Of(ReadOnlySpan<float> values)
    {
        float min = float.PositiveInfinity,
            max = float.NegativeInfinity;
        int odd = 0;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                min = Math.Min(min, value);
                max = Math.Max(max, value);
            }
            else
            {
                odd++;
            }
        }
        return odd == values.Length ? (double.NaN, double.NaN, odd) : (min, max, odd);
    }
}
