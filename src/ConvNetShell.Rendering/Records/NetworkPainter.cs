using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>
/// Draws a network as blocks from left to right: as high as its maps, as thick as its channels are many, lettered with shapes and
/// parameters. Arrows show what goes where; the shortcut of a residual block is a line above it that ends in a plus.
/// </summary>
internal sealed class NetworkPainter : IDisposable
{
    private const float Margin = 14,
        UsualStep = 80,
        StreamStep = 88, // its blocks say more
        Drawing = 146,
        Room = 86,
        FollowedRoom = 17,
        Gap = 4, // between a block and an arrow
        Head = 5, // of an arrow
        Turn = 12, // from an arrow's vertical piece to its head
        Sum = 5; // the radius of a plus's circle
    private readonly Lettering title = new(15, bold: true),
        name = new(11.5f, bold: true),
        detail = new(10.5f);
    private readonly NetworkSummary summary;
    private readonly Theme theme;
    private readonly IReadOnlyList<NetworkPlace> places;
    private readonly List<string> titles;
    private readonly float lineHeight,
        step;

    public NetworkPainter(NetworkSummary summary, RenderOptions options)
    {
        this.summary = summary;
        theme = Theme.For(options.Dark);
        NetworkBlock[] blocks = [.. NetworkBlock.Of(summary)];
        bool streams = blocks.Any(block => block.Streams.Count > 0);
        float width = options.Width ?? (streams ? 1180 : 1000);
        step = streams ? StreamStep : UsualStep;
        (places, int columns, int lines) = NetworkPlace.Of(blocks, Math.Max(1, (int)((width - (2 * Margin)) / step)));
        lineHeight = Drawing + Room + (streams ? FollowedRoom : 0);
        float used = Math.Max((columns * step) + (2 * Margin), 420);
        titles = Wrapping.Lines(summary.ToString(), title, used - (2 * Margin));
        Size = new SKSizeI((int)used, (int)((2 * Margin) + (titles.Count * title.LineHeight) + 6 + (lines * lineHeight)));
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
        var exits = new Dictionary<NetworkPlace, SKPoint>(ReferenceEqualityComparer.Instance); // where the arrow to the next one begins
        foreach (NetworkPlace place in places)
        {
            float left = Margin + (place.Column * step),
                above = top + (place.Line * lineHeight);
            Solid solid = SolidOf(place.Block, left + (step / 2), above, place.Largest);
            var entry = new SKPoint(solid.Left - (place.Block.HasShortcut ? 1 : Gap), Line(above));
            foreach (NetworkPlace before in place.From)
            {
                // one in a line above is not drawn to: the arrow comes from the edge
                DrawArrow(canvas, before.Column < place.Column ? exits[before] : new SKPoint(left - 6, entry.Y), entry);
            }
            DrawSolid(canvas, place.Block, solid);
            exits[place] = new SKPoint(place.Block.HasShortcut ? DrawShortcut(canvas, solid, above) : solid.Right + Gap, entry.Y);
            DrawText(canvas, place.Block, left + (step / 2), above + Drawing + 2);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        title.Dispose();
        name.Dispose();
        detail.Dispose();
    }

    private static Solid SolidOf(NetworkBlock block, float middle, float top, double largest)
    {
        (int channels, int height) = (block.Channels, block.Height);
        // Lengths by the square root: a map of 32 beside one of 1 can both be seen.
        float tall = (float)Math.Max(8, (Drawing - 40) * Math.Sqrt(height / Math.Max(1, largest))),
            thick = (float)Math.Clamp(4 * Math.Sqrt(channels), 6, 46),
            skew = tall * 0.22f;
        return new Solid(middle - ((thick + skew) / 2), top + ((Drawing - tall + skew) / 2), thick, tall, skew);
    }

    private static float Line(float top) => top + (Drawing / 2) + 6;

    private static void DrawSolid(SKCanvas canvas, NetworkBlock block, Solid solid)
    {
        SKColor color = Theme.Series[Color(block.Type)];
        using var front = new SKPaint { Color = color, IsAntialias = true };
        using var side = new SKPaint { Color = Shade(color, 0.8f), IsAntialias = true };
        using var roof = new SKPaint { Color = Shade(color, 1.2f), IsAntialias = true };
        (float y, float skew, float tall) = (solid.Top, solid.Skew, solid.Tall);
        float space = block.Slabs > 1 ? 2 : 0,
            thick = (solid.Thick - ((block.Slabs - 1) * space)) / block.Slabs;
        for (int slab = 0; slab < block.Slabs; slab++)
        {
            float x = solid.Left + (slab * (thick + space));
            canvas.DrawRect(x, y, thick, tall, front);
            Quad(canvas, roof, (x, y), (x + skew, y - skew), (x + skew + thick, y - skew), (x + thick, y));
            Quad(canvas, side, (x + thick, y), (x + thick + skew, y - skew), (x + thick + skew, y - skew + tall), (x + thick, y + tall));
        }
    }

    /// <summary>Draws an arrow; between lines it has a vertical piece, near the end where the column is free.</summary>
    private void DrawArrow(SKCanvas canvas, SKPoint from, SKPoint to)
    {
        using var paint = new SKPaint { Color = theme.Muted, IsAntialias = true };
        float end = to.X - Head,
            turn = Math.Max(from.X, end - Turn);
        if (Math.Abs(from.Y - to.Y) < 1)
        {
            turn = end;
        }
        else
        {
            canvas.DrawRect(turn - 0.6f, Math.Min(from.Y, to.Y) - 0.6f, 1.2f, Math.Abs(from.Y - to.Y) + 1.2f, paint);
            canvas.DrawRect(turn, to.Y - 0.6f, end - turn, 1.2f, paint);
        }
        if (turn > from.X)
        {
            canvas.DrawRect(from.X, from.Y - 0.6f, turn - from.X, 1.2f, paint);
        }
        Quad(canvas, paint, (end, to.Y - (Head / 2)), (to.X, to.Y), (end, to.Y + (Head / 2)));
    }

    /// <summary>Draws the line around a block and the plus in which it ends, and returns where the next arrow begins.</summary>
    private float DrawShortcut(SKCanvas canvas, Solid solid, float top)
    {
        using var paint = new SKPaint
        {
            Color = theme.Text,
            IsAntialias = true,
            IsStroke = true,
            StrokeWidth = 1.2f,
        };
        float y = Line(top),
            left = solid.Left - 9,
            middle = solid.Right + Gap + Sum,
            above = Math.Max(top + 1, solid.Top - solid.Skew - 8);
        using var path = new SKPath();
        path.MoveTo(left, y);
        path.LineTo(left, above);
        path.LineTo(middle, above);
        path.LineTo(middle, y - Sum);
        path.AddCircle(middle, y, Sum);
        path.MoveTo(middle - (Sum / 2), y);
        path.LineTo(middle + (Sum / 2), y);
        path.MoveTo(middle, y - (Sum / 2));
        path.LineTo(middle, y + (Sum / 2));
        canvas.DrawPath(path, paint);
        return middle + Sum;
    }

    private void DrawText(SKCanvas canvas, NetworkBlock block, float middle, float top)
    {
        string parameters = block.Parameters > 0 ? block.Parameters.ToString("N0", CultureInfo.InvariantCulture) : string.Empty;
        string[] lines =
        [
            block.Name,
            block.Type,
            .. block.Followed.Length > 0 ? [block.Followed] : Array.Empty<string>(),
            block.Shape,
            parameters,
        ];
        for (int line = 0; line < lines.Length; line++)
        {
            Lettering lettering = line == 0 ? name : detail;
            SKColor color = line == 0 ? theme.Text : theme.Muted;
            lettering.WriteBelow(canvas, lettering.Fit(lines[line], step - 2), middle, top + (line * 17), color, SKTextAlign.Center);
        }
    }

    private static void Quad(SKCanvas canvas, SKPaint paint, params (float X, float Y)[] corners)
    {
        using var path = new SKPath();
        path.AddPoly([.. corners.Select(corner => new SKPoint(corner.X, corner.Y))]);
        canvas.DrawPath(path, paint);
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

    /// <summary>Where a block is drawn: its front's left upper corner and sizes, and how far its back lies to the right and up.</summary>
    private readonly record struct Solid(float Left, float Top, float Thick, float Tall, float Skew)
    {
        public float Right => Left + Thick + Skew;
    }
}
