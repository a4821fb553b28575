using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws a network's panel: a row for each layer, its description on the left, its pictures on the right.</summary>
internal sealed class PanelPainter : IDisposable
{
    private const float Margin = 14,
        Words = 190;
    private readonly Lettering title = new(15, bold: true),
        name = new(12.5f, bold: true),
        detail = new(11);
    private readonly List<(PanelLayer Layer, List<string> Lines, List<PanelStrip> Strips, float Height)> rows = [];
    private readonly Theme theme;
    private readonly List<string> titles;

    public PanelPainter(NetworkPanel panel, RenderOptions options)
    {
        theme = Theme.For(options.Dark);
        float width = Math.Max(420, options.Width ?? 900),
            room = width - (2 * Margin) - Words;
        titles = Wrapping.Lines(panel.Heading, title, width - (2 * Margin));
        float height = Margin + (titles.Count * title.LineHeight) + 8;
        foreach (PanelLayer layer in panel.Layers)
        {
            List<PanelStrip> strips = [];
            void Add(string what, IReadOnlyList<Picture> pictures)
            {
                if (pictures.Count > 0)
                {
                    strips.Add(new PanelStrip(what, pictures, room, AreCurves(layer, pictures)));
                }
            }
            Add(layer.Name == "input" ? string.Empty : "activations", layer.Activations);
            Add("gradients", layer.Gradients);
            if (layer.Weights.Count > 0)
            {
                strips.Add(new PanelStrip("weights", layer.Weights, room, curves: false));
            }
            List<string> lines =
            [
                .. new[] { layer.Kind, "→ " + layer.Output, layer.Formula }
                    .Where(line => line.Length > 0)
                    .SelectMany(line => Wrapping.Lines(line, detail, Words - 12)),
            ];
            float tall = Math.Max(name.LineHeight + (lines.Count * detail.LineHeight), strips.Sum(strip => strip.Height)) + 10;
            rows.Add((layer, lines, strips, tall));
            height += tall;
        }
        Size = new SKSizeI((int)width, (int)MathF.Ceiling(height + Margin));
    }

    /// <summary>Gets the size of the page.</summary>
    public SKSizeI Size { get; }

    /// <summary>Draws the panel.</summary>
    public void Draw(SKCanvas canvas)
    {
        float y = Margin;
        foreach (string line in titles)
        {
            title.WriteBelow(canvas, line, Margin, y, theme.Text);
            y += title.LineHeight;
        }
        y += 8;
        using var rule = new SKPaint { Color = theme.Line, StrokeWidth = 1 };
        foreach ((PanelLayer layer, List<string> lines, List<PanelStrip> strips, float height) in rows)
        {
            canvas.DrawLine(Margin, y - 4.5f, Size.Width - Margin, y - 4.5f, rule);
            name.WriteBelow(canvas, name.Fit(layer.Name, Words - 12), Margin, y, theme.Text);
            for (int i = 0; i < lines.Count; i++)
            {
                detail.WriteBelow(canvas, lines[i], Margin, y + name.LineHeight + (i * detail.LineHeight), theme.Muted);
            }
            float top = y;
            foreach (PanelStrip strip in strips)
            {
                strip.Draw(canvas, Margin + Words, top, detail, theme);
                top += strip.Height;
            }
            y += height;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        title.Dispose();
        name.Dispose();
        detail.Dispose();
    }

    /// <summary>Returns whether a layer's output is a signal a channel, as its shape says: a row of a vector's units is none.</summary>
    private static bool AreCurves(PanelLayer layer, IReadOnlyList<Picture> pictures) =>
        layer.Output.Split('x').Length == 2 && pictures.All(picture => picture is { Height: 1, Width: > 1 });
}
