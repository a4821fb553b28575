using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>
/// Draws a network as blocks from left to right: as high as its maps, as thick as its channels are many, lettered with shapes and
/// parameters.
/// </summary>
internal sealed class NetworkPainter : IDisposable
{
    private const float Margin = 14,
        Step = 80,
        Drawing = 146,
        Room = 86;
    private readonly Lettering title = new(15, bold: true),
        name = new(11.5f, bold: true),
        detail = new(10.5f);
    private readonly NetworkSummary summary;
    private readonly Theme theme;
    private readonly (string Name, string Type, string Shape, long Parameters)[] blocks;
    private readonly List<string> titles;
    private readonly int columns;

    public NetworkPainter(NetworkSummary summary, RenderOptions options)
    {
        this.summary = summary;
        theme = Theme.For(options.Dark);
        blocks =
        [
            ("input", string.Empty, summary.Input, 0),
            .. summary
                .Layers.Where(layer => layer.Depth == 0)
                .Select(layer => (layer.Name, $"{layer.Type} {layer.Kernel}".TrimEnd(), layer.Output, layer.Parameters)),
        ];
        float width = options.Width ?? 1000;
        columns = Math.Clamp((int)((width - (2 * Margin)) / Step), 1, blocks.Length);
        int rows = (blocks.Length + columns - 1) / columns;
        columns = (blocks.Length + rows - 1) / rows;
        float used = Math.Max((columns * Step) + (2 * Margin), 420);
        titles = Wrapping.Lines(summary.ToString(), title, used - (2 * Margin));
        Size = new SKSizeI((int)used, (int)((2 * Margin) + (titles.Count * title.LineHeight) + 6 + (rows * (Drawing + Room))));
    }

    /// <summary>Gets the size of the page.</summary>
    public SKSizeI Size { get; }

    /// <summary>Draws the network.</summary>
    public void Draw(SKCanvas canvas)
    {
        for (int i = 0; i < titles.Count; i++)
        {
            title.WriteBelow(canvas, titles[i], Margin, Margin + (i * title.LineHeight), theme.Text);
        }
        float top = Margin + (titles.Count * title.LineHeight) + 6;
        double largest = blocks.Max(block => Sizes(block.Shape).Height);
        for (int i = 0; i < blocks.Length; i++)
        {
            DrawBlock(canvas, i, Margin + (i % columns * Step) + (Step / 2), top + (i / columns * (Drawing + Room)), largest);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        title.Dispose();
        name.Dispose();
        detail.Dispose();
    }

    private void DrawBlock(SKCanvas canvas, int index, float middle, float top, double largest)
    {
        (string label, string type, string shape, long parameters) = blocks[index];
        (int channels, int height) = Sizes(shape);
        // Lengths by the square root: a map of 32 beside one of 1 can both be seen.
        float tall = (float)Math.Max(8, (Drawing - 40) * Math.Sqrt(height / Math.Max(1, largest))),
            thick = (float)Math.Clamp(4 * Math.Sqrt(channels), 6, 46),
            skew = tall * 0.22f;
        float x = middle - ((thick + skew) / 2),
            y = top + ((Drawing - tall + skew) / 2);
        SKColor color = Theme.Series[Color(type)];
        using var front = new SKPaint { Color = color, IsAntialias = true };
        using var side = new SKPaint { Color = Shade(color, 0.8f), IsAntialias = true };
        using var roof = new SKPaint { Color = Shade(color, 1.2f), IsAntialias = true };
        canvas.DrawRect(x, y, thick, tall, front);
        Quad(canvas, roof, (x, y), (x + skew, y - skew), (x + skew + thick, y - skew), (x + thick, y));
        Quad(canvas, side, (x + thick, y), (x + thick + skew, y - skew), (x + thick + skew, y - skew + tall), (x + thick, y + tall));
        float text = top + Drawing + 2;
        string[] lines = [label, type, shape, parameters > 0 ? parameters.ToString("N0", CultureInfo.InvariantCulture) : string.Empty];
        for (int line = 0; line < lines.Length; line++)
        {
            Lettering lettering = line == 0 ? name : detail;
            lettering.WriteBelow(
                canvas,
                lettering.Fit(lines[line], Step - 4),
                middle,
                text + (line * 17),
                line == 0 ? theme.Text : theme.Muted,
                SKTextAlign.Center
            );
        }
    }

    private static void Quad(SKCanvas canvas, SKPaint paint, params (float X, float Y)[] corners)
    {
        using var path = new SKPath();
        path.AddPoly([.. corners.Select(corner => new SKPoint(corner.X, corner.Y))]);
        canvas.DrawPath(path, paint);
    }

    private static (int Channels, int Height) Sizes(string shape)
    {
        int[] sizes =
        [
            .. shape
                .Split('x')
                .Select(size => int.TryParse(size, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : 1),
        ];
        return (sizes[0], sizes.Length == 1 ? 1 : sizes[^1]);
    }

    private static int Color(string type) =>
        type switch
        {
            "" => 6,
            _ when type.Contains("Conv", StringComparison.Ordinal) || type.Contains("Local", StringComparison.Ordinal) => 0,
            _ when type.Contains("Pool", StringComparison.Ordinal) => 2,
            _ when type.Contains("Dense", StringComparison.Ordinal) => 1,
            _ when type.Contains("Norm", StringComparison.Ordinal) || type.Contains("Dropout", StringComparison.Ordinal) => 3,
            _ when type.Contains("Residual", StringComparison.Ordinal)
                    || type.Contains("Branch", StringComparison.Ordinal)
                    || type.Contains("Concat", StringComparison.Ordinal) => 5,
            _ => 4,
        };

    private static SKColor Shade(SKColor color, float factor)
    {
        byte Part(byte part) => (byte)Math.Clamp(part * factor, 0, 255);
        return new SKColor(Part(color.Red), Part(color.Green), Part(color.Blue));
    }
}
