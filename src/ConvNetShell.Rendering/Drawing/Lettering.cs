using System.Text;
using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>Writes and measures text of one size.</summary>
/// <param name="size">The size in pixels.</param>
/// <param name="bold">Whether it is bold.</param>
internal sealed class Lettering(float size, bool bold = false) : IDisposable
{
    private const string Ellipsis = "…";
    private readonly SKFont font = new(bold ? Typefaces.Bold : Typefaces.Regular, size)
    {
        Subpixel = true,
        LinearMetrics = true,
        Hinting = SKFontHinting.None,
        Edging = SKFontEdging.Antialias,
    };

    /// <summary>Gets the size in pixels.</summary>
    public float Size => size;

    /// <summary>Gets the distance between two lines.</summary>
    public float LineHeight => MathF.Round(size * 1.35f);

    /// <summary>Returns the width of a line.</summary>
    public float Width(string text) =>
        Typefaces.Runs(Clean(text), font.Typeface).Sum(run => Using(run.Typeface, other => other.MeasureText(run.Text)));

    /// <summary>Returns the line, cut with an ellipsis where it is wider than that.</summary>
    public string Fit(string text, float width)
    {
        if (Width(text) <= width)
        {
            return text;
        }
        int length = text.Length - 1;
        while (length > 0 && Width(text[..length].TrimEnd() + Ellipsis) > width)
        {
            length--;
        }
        return length > 0 ? text[..length].TrimEnd() + Ellipsis : string.Empty;
    }

    /// <summary>Writes a line; the point is at its baseline, left, middle or right.</summary>
    public void Write(SKCanvas canvas, string text, float x, float y, SKColor color, SKTextAlign align = SKTextAlign.Left)
    {
        if (align != SKTextAlign.Left)
        {
            float width = Width(text);
            x -= align == SKTextAlign.Right ? width : width / 2;
        }
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        foreach ((string part, SKTypeface typeface) in Typefaces.Runs(Clean(text), font.Typeface))
        {
            float start = x;
            x += Using(
                typeface,
                other =>
                {
                    canvas.DrawText(part, start, y, SKTextAlign.Left, other, paint);
                    return other.MeasureText(part);
                }
            );
        }
    }

    /// <summary>Writes a line of which y is the top.</summary>
    public void WriteBelow(SKCanvas canvas, string text, float x, float top, SKColor color, SKTextAlign align = SKTextAlign.Left) =>
        Write(canvas, text, x, top + MathF.Round(size * 1.02f), color, align);

    /// <inheritdoc />
    public void Dispose() => font.Dispose();

    /// <summary>Removes control characters, which pictures cannot show and the XML of an SVG forbids.</summary>
    private static string Clean(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }
        var clean = new StringBuilder(text);
        for (int i = 0; i < clean.Length; i++)
        {
            clean[i] = char.IsControl(clean[i]) ? ' ' : clean[i];
        }
        return clean.ToString();
    }

    private float Using(SKTypeface typeface, Func<SKFont, float> use)
    {
        if (ReferenceEquals(typeface, font.Typeface))
        {
            return use(font);
        }
        using var other = new SKFont(typeface, size)
        {
            Subpixel = true,
            LinearMetrics = true,
            Hinting = SKFontHinting.None,
            Edging = SKFontEdging.Antialias,
        };
        return use(other);
    }
}
