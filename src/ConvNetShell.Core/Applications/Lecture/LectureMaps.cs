namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>Maps of a layer as bytes for drawing: small pictures of one size, one after the other.</summary>
/// <param name="Width">The width of a map, in pixels.</param>
/// <param name="Height">The height of a map, in pixels.</param>
/// <param name="Channels">1, or 3 for maps in color: red, green and blue planes.</param>
/// <param name="Count">The maps that are here.</param>
/// <param name="Total">The maps that the layer has.</param>
/// <param name="Low">The smallest value of those that are here.</param>
/// <param name="High">The largest value of those that are here.</param>
/// <param name="IsSigned">Whether byte 128 is zero and 1 and 255 are the largest value in size; else 0 is zero and 255 the largest
/// value.</param>
/// <param name="Values">The bytes: maps, channels, rows, columns.</param>
public sealed record LectureMaps(
    int Width,
    int Height,
    int Channels,
    int Count,
    int Total,
    double Low,
    double High,
    bool IsSigned,
    ReadOnlyMemory<byte> Values
)
{
    private const int MostMaps = 64,
        MostUnits = 256,
        MostPixels = 65_536,
        LargestSide = 64;

    /// <summary>Makes maps of the values of a layer; of a large map every second, third, ... pixel is taken.</summary>
    /// <param name="values">The values: maps, channels, rows, columns.</param>
    /// <param name="total">The maps.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="height">The rows of a map.</param>
    /// <param name="width">The columns of a map.</param>
    internal static LectureMaps Of(ReadOnlySpan<float> values, int total, int channels, int height, int width)
    {
        int every = (Math.Max(height, width) + LargestSide - 1) / LargestSide,
            rows = (height + every - 1) / every,
            columns = (width + every - 1) / every,
            most = height * width == 1 ? MostUnits : Math.Clamp(MostPixels / (rows * columns * channels), 1, MostMaps),
            count = Math.Min(total, most);
        ReadOnlySpan<float> used = values[..(count * channels * height * width)];
        float low = float.PositiveInfinity,
            high = float.NegativeInfinity;
        foreach (float value in used)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        bool isSigned = low < 0;
        float largest = Math.Max(Math.Abs(low), Math.Abs(high));
        float scale = float.IsFinite(largest) && largest > 0 ? (isSigned ? 127 : 255) / largest : 0;
        byte[] bytes = new byte[count * channels * rows * columns];
        int next = 0;
        for (int plane = 0; plane < count * channels; plane++)
        {
            for (int row = 0; row < height; row += every)
            {
                for (int column = 0; column < width; column += every)
                {
                    float value = used[(plane * height + row) * width + column];
                    bytes[next++] = (byte)MathF.Round((isSigned ? 128 : 0) + value * scale);
                }
            }
        }
        return new LectureMaps(columns, rows, channels, count, total, Finite(low), Finite(high), isSigned, bytes);
    }

    private static double Finite(float value) => float.IsFinite(value) ? value : 0;
}
