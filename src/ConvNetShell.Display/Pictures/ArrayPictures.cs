namespace ConvNetShell.Display.Pictures;

/// <summary>Turns arrays of arrays into pictures.</summary>
internal static class ArrayPictures
{
    /// <summary>The number of white in a picture of bytes.</summary>
    public const double MostOfByte = 255;

    private const int LeastSignal = 16,
        LeastPicture = 64,
        MostNumbered = 16; // a side

    /// <summary>Returns a picture for each plane of an array; none of one that is so small that its numbers say more.</summary>
    /// <param name="array">Numbers, or arrays of arrays of them.</param>
    /// <param name="caption">The caption below; planes are numbered.</param>
    public static IReadOnlyList<Picture> Of(Array array, string caption) => Of(array, caption, ScaleOf(array), LeastSignal, LeastPicture);

    /// <summary>Returns a picture for each plane of an array, however small.</summary>
    /// <param name="array">Numbers, or arrays of arrays of them.</param>
    /// <param name="caption">The caption below; planes are numbered.</param>
    public static IReadOnlyList<Picture> All(Array array, string caption) => Of(array, caption, ScaleOf(array), 1, 1);

    /// <summary>Returns a picture for each plane of an array, with the numbers in the cells where these are few.</summary>
    /// <param name="array">Numbers, or arrays of arrays of them.</param>
    /// <param name="caption">The caption below; planes are numbered.</param>
    public static IReadOnlyList<Picture> Numbered(Array array, string caption) =>
        [.. All(array, caption).Select(picture => picture with { IsNumbered = Math.Max(picture.Height, picture.Width) <= MostNumbered })];

    /// <summary>Returns three planes as one picture of red, green and blue.</summary>
    /// <param name="array">Three arrays of arrays of numbers, from 0 to 1 or from 0 to 255.</param>
    /// <param name="caption">The caption below.</param>
    public static Picture Color(Array array, string caption)
    {
        double[][][] planes = [.. array.Cast<double[][]>()];
        double white = Values(array).Any(value => value > 1) ? MostOfByte : 1;
        float[] values = [.. Values(array).Select(value => (float)(value / white))];
        return new Picture(caption, planes.Length, planes[0].Length, planes[0][0].Length, values);
    }

    // one for all planes: they are of a kind
    private static ColorScale ScaleOf(Array array) => Values(array).Any(value => value < 0) ? ColorScale.Diverging : ColorScale.Viridis;

    private static IReadOnlyList<Picture> Of(Array array, string caption, ColorScale scale, int leastSignal, int leastPicture)
    {
        switch (array)
        {
            case double[] row when row.Length >= leastSignal:
                return [Make(caption, [row], scale)];
            case double[][] rows when rows.Length > 0 && rows.Length * rows[0].Length >= leastPicture:
                return [Make(caption, rows, scale)];
            case double[] or double[][]:
                return [];
            default:
                return
                [
                    .. array
                        .Cast<Array>()
                        .SelectMany(
                            (plane, i) => Of(plane, FormattableString.Invariant($"{caption} {i}").Trim(), scale, leastSignal, leastPicture)
                        ),
                ];
        }
    }

    /// <summary>Returns all numbers of an array, the last dimension first to move.</summary>
    public static IEnumerable<double> Values(Array array) => array is double[] row ? row : array.Cast<Array>().SelectMany(Values);

    private static Picture Make(string caption, double[][] rows, ColorScale scale)
    {
        float[] values = [.. rows.SelectMany(row => row).Select(value => (float)value)];
        return new Picture(caption, 1, rows.Length, rows[0].Length, values, scale);
    }
}
