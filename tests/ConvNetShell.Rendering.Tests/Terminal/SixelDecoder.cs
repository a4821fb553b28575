using System.Globalization;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Terminal;

/// <summary>
/// Reads sixels as DEC's VT340 manual has them: raster attributes, colors in per cent, repeats, carriage returns and new lines.
/// </summary>
internal static class SixelDecoder
{
    /// <summary>Returns the pixels, row by row; those that nothing was drawn on are transparent.</summary>
    public static (SKColor[] Pixels, int Width, int Height) Decode(string text)
    {
        Assert.StartsWith("\u001bP", text, StringComparison.Ordinal);
        Assert.EndsWith("\u001b\\", text, StringComparison.Ordinal);
        string data = text[(text.IndexOf('q', StringComparison.Ordinal) + 1)..^2];
        int at = 0;
        Assert.Equal('"', data[at++]);
        int[] raster = Numbers(data, ref at);
        Assert.Equal([1, 1], raster[..2]);
        (int width, int height) = (raster[2], raster[3]);
        var pixels = new SKColor[width * height];
        var palette = new Dictionary<int, SKColor>();
        (int x, int top, int color) = (0, 0, -1);
        while (at < data.Length)
        {
            char sign = data[at++];
            switch (sign)
            {
                case '#':
                    int[] numbers = Numbers(data, ref at);
                    color = numbers[0];
                    if (numbers.Length == 5)
                    {
                        Assert.Equal(2, numbers[1]); // red, green and blue
                        palette.Add(color, new SKColor(Byte(numbers[2]), Byte(numbers[3]), Byte(numbers[4])));
                    }
                    break;
                case '$':
                    x = 0;
                    break;
                case '-':
                    (x, top) = (0, top + 6);
                    break;
                default:
                    int count = sign == '!' ? Numbers(data, ref at)[0] : 1;
                    int bits = (sign == '!' ? data[at++] : sign) - 63;
                    Assert.InRange(bits, 0, 63);
                    for (int i = 0; i < count; i++, x++)
                    {
                        for (int row = 0; row < 6; row++)
                        {
                            if ((bits & (1 << row)) != 0)
                            {
                                Assert.True(x < width && top + row < height, $"a pixel at {x}, {top + row}");
                                pixels[((top + row) * width) + x] = palette[color];
                            }
                        }
                    }
                    break;
            }
        }
        return (pixels, width, height);
    }

    private static byte Byte(int percent)
    {
        Assert.InRange(percent, 0, 100);
        return (byte)Math.Round(percent * 2.55);
    }

    private static int[] Numbers(string data, ref int at)
    {
        int start = at;
        while (at < data.Length && (char.IsAsciiDigit(data[at]) || data[at] == ';'))
        {
            at++;
        }
        return [.. data[start..at].Split(';').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
    }
}
