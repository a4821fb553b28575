namespace ConvNetShell.Display;

/// <summary>Turns arrays of arrays into pictures.</summary>
internal static class ArrayPictures
{
    private const int LeastSignal = 16, LeastPicture = 64;

    /// <summary>Returns a picture for each plane of an array; none of one that is so small that its numbers say more.</summary>
    /// <param name="array">Numbers, or arrays of arrays of them.</param>
    /// <param name="caption">What stands below; planes are numbered.</param>
    public static IReadOnlyList<Picture> Of(Array array, string caption)
    {
        switch (array)
        {
            case double[] row when row.Length >= LeastSignal:
                return [Make(caption, [row])];
            case double[][] rows when rows.Length > 0 && rows.Length * rows[0].Length >= LeastPicture:
                return [Make(caption, rows)];
            case double[] or double[][]:
                return [];
            default:
                return [.. array.Cast<Array>().SelectMany((plane, i) => Of(plane, FormattableString.Invariant($"{caption} {i}").Trim()))];
        }
    }

    private static Picture Make(string caption, double[][] rows)
    {
        float[] values = [.. rows.SelectMany(row => row).Select(value => (float)value)];
        return new Picture(caption, 1, rows.Length, rows[0].Length, values, values.Any(value => value < 0) ? ColorScale.Diverging : ColorScale.Viridis);
    }
}
