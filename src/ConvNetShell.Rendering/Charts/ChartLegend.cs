using ConvNetShell.Display;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Draws one legend for all panels of a chart.</summary>
internal static class ChartLegend
{
    private const float Sample = 24, Space = 18;

    /// <summary>Returns each name once, with how it is drawn.</summary>
    public static IReadOnlyList<(string Name, SKColor? Color, bool Dashed, bool Filled)> Entries(Chart chart)
    {
        IEnumerable<(string Name, SKColor? Color, bool Dashed, bool Filled)> series = chart.Panels
            .SelectMany(panel => panel.Series.Select((one, place) => (one.Name, (SKColor?)Theme.Series[(one.Color ?? place) % Theme.Series.Count], one.Dashed, one.Kind == SeriesKind.Bars)))
            .Where(entry => entry.Name.Length > 0);
        IEnumerable<(string Name, SKColor? Color, bool Dashed, bool Filled)> marks = chart.Panels.Where(panel => panel.MarkText.Length > 0).Select(panel => (panel.MarkText, (SKColor?)null, true, false));
        return [.. series.Concat(marks).Distinct()];
    }

    /// <summary>Draws the legend in one line; what does not fit is left out after an ellipsis.</summary>
    public static void Draw(SKCanvas canvas, Chart chart, float left, float top, float room, Theme theme)
    {
        using var lettering = new Lettering(12);
        float x = left, end = left + room;
        foreach ((string name, SKColor? color, bool dashed, bool filled) in Entries(chart))
        {
            if (x + Sample + 6 + lettering.Width(name) > end)
            {
                lettering.WriteBelow(canvas, "…", x, top + 3, theme.Muted);
                return;
            }
            using var paint = new SKPaint { Color = color ?? theme.Muted, IsStroke = !filled, StrokeWidth = color is null ? 1 : 2, IsAntialias = true };
            if (filled)
            {
                canvas.DrawRect(x + 6, top + 4, 12, 12, paint);
            }
            else
            {
                using var line = new SKPath();
                line.MoveTo(x, top + 10);
                line.LineTo(x + Sample, top + 10);
                using SKPath drawn = !dashed ? new SKPath(line) : color is null ? Dashes.Cut(line, 2, 3) : Dashes.Cut(line, 6, 4);
                canvas.DrawPath(drawn, paint);
            }
            lettering.WriteBelow(canvas, name, x + Sample + 6, top + 3, theme.Text);
            x += Sample + 6 + lettering.Width(name) + Space;
        }
    }
}
