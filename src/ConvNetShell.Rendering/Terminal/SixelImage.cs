using System.Globalization;
using System.Text;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Terminal;

/// <summary>Writes a picture as DEC's sixels: bands of six rows, a color after the other, each column of a band one character.</summary>
internal static class SixelImage
{
    private const int Band = 6,
        First = 63;
    private const string Begin = "\u001bP0;1;0q",
        End = "\u001b\\";

    /// <summary>Returns the escape sequence that draws the picture where the cursor is.</summary>
    /// <param name="bitmap">The picture; opaque.</param>
    /// <param name="colors">How many colors the terminal has.</param>
    public static string Encode(SKBitmap bitmap, int colors)
    {
        (SKColor[] palette, byte[] pixels) = MedianCut.Reduce(bitmap, colors);
        var text = new StringBuilder(Begin).Append(CultureInfo.InvariantCulture, $"\"1;1;{bitmap.Width};{bitmap.Height}");
        for (int i = 0; i < palette.Length; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"#{i};2;{Percent(palette[i].Red)};{Percent(palette[i].Green)};{Percent(palette[i].Blue)}"
            );
        }
        var rows = new byte[palette.Length][];
        for (int top = 0; top < bitmap.Height; top += Band)
        {
            if (top > 0)
            {
                text.Append('-');
            }
            AppendBand(text, pixels, bitmap.Width, top, Math.Min(Band, bitmap.Height - top), rows);
        }
        return text.Append(End).ToString();
    }

    private static void AppendBand(StringBuilder text, byte[] pixels, int width, int top, int height, byte[]?[] rows)
    {
        var used = new List<int>();
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int color = pixels[((top + row) * width) + column];
                if (rows[color] is null)
                {
                    rows[color] = new byte[width];
                    used.Add(color);
                }
                rows[color]![column] |= (byte)(1 << row);
            }
        }
        for (int i = 0; i < used.Count; i++)
        {
            text.Append(i == 0 ? string.Empty : "$").Append(CultureInfo.InvariantCulture, $"#{used[i]}");
            AppendRow(text, rows[used[i]]!);
            rows[used[i]] = null;
        }
    }

    private static void AppendRow(StringBuilder text, byte[] row)
    {
        int end = row.Length;
        while (row[end - 1] == 0)
        {
            end--; // the rest of the row has other colors
        }
        for (int start = 0, next; start < end; start = next)
        {
            for (next = start + 1; next < end && row[next] == row[start]; next++) { }
            char sixel = (char)(First + row[start]);
            if (next - start > 3)
            {
                text.Append(CultureInfo.InvariantCulture, $"!{next - start}{sixel}");
            }
            else
            {
                text.Append(sixel, next - start);
            }
        }
    }

    private static int Percent(byte part) => ((part * 100) + 127) / 255;
}
