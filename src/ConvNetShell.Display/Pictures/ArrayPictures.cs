namespace ConvNetShell.Display.Pictures;

/// <summary>Turns arrays of arrays into pictures.</summary>
internal static class ArrayPictures
{
    private const int LeastSignal = 16,
        LeastPicture = 64;

    /// <summary>Returns a picture for each plane of an array; none of one that is so small that its numbers say more.</summary>
    /// <param name="array">Numbers, or arrays of arrays of them.</param>
    /// <param name="caption">The caption below; planes are numbered.</param>
    public static IReadOnlyList<Picture> Of(Array array, string caption) =>
        // one for all planes: they are of a kind
        Of(array, caption, Values(array).Any(value => value < 0) ? ColorScale.Diverging : ColorScale.Viridis);

    private static IReadOnlyList<Picture> Of(Array array, string caption, ColorScale scale)
    {
        switch (array)
        {
            case double[] row when row.Length >= LeastSignal:
                return [Make(caption, [row], scale)];
            case double[][] rows when rows.Length > 0 && rows.Length * rows[0].Length >= LeastPicture:
                return [Make(caption, rows, scale)];
            case double[] or double[][]:
                return [];
            default:
                return
                [
                    .. array.Cast<Array>().SelectMany((plane, i) => Of(plane, FormattableString.Invariant($"{caption} {i}").Trim(), scale)),
                ];
        }
    }

    private static IEnumerable<double> Values(Array array) => array is double[] row ? row : array.Cast<Array>().SelectMany(Values);

    private static Picture Make(string caption, double[][] rows, ColorScale scale)
    {
        float[] values = [.. rows.SelectMany(row => row).Select(value => (float)value)];
        return new Picture(caption, 1, rows.Length, rows[0].Length, values, scale);
    }
}
