using ConvNetShell.Display;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Draws one legend for all panels of a chart.</summary>
internal static class ChartLegend
{
    private const float Sample = 24, Space = 18, LineHeight = 20;
    private const int MostLines = 6;
    private const string Rest = "…";

    /// <summary>Returns each name once, with how it is drawn.</summary>
    public static IReadOnlyList<(string Name, SKColor? Color, bool Dashed, bool Filled)> Entries(Chart chart)
    {
        IEnumerable<(string Name, SKColor? Color, bool Dashed, bool Filled)> series = chart.Panels
            .SelectMany(panel => panel.Series.Select((one, place) => (one.Name, (SKColor?)Theme.Series[(one.Color ?? place) % Theme.Series.Count], one.Dashed, one.Kind == SeriesKind.Bars)))
            .Where(entry => entry.Name.Length > 0);
        IEnumerable<(string Name, SKColor? Color, bool Dashed, bool Filled)> marks = chart.Panels.Where(panel => panel.MarkText.Length > 0).Select(panel => (panel.MarkText, (SKColor?)null, true, false));
        return [.. series.Concat(marks).Distinct()];
    }

    /// <summary>Returns how high the legend is in so much room; nothing where there is nothing to tell apart.</summary>
    public static float Height(Chart chart, float room)
    {
        using var lettering = new Lettering(12);
        return Entries(chart).Count > 1 ? 6 + (LineHeight * (Places(chart, room, lettering).Max(place => place.Line) + 1)) : 0;
    }

    /// <summary>Draws the legend; what does not fit into its lines is left out after an ellipsis.</summary>
    public static void Draw(SKCanvas canvas, Chart chart, float left, float top, float room, Theme theme, bool vector)
    {
        using var lettering = new Lettering(12);
        foreach (((string name, SKColor? color, bool dashed, bool filled), float at, int line) in Places(chart, room, lettering))
        {
            float x = left + at, y = top + (line * LineHeight);
            if (name == Rest)
            {
                lettering.WriteBelow(canvas, name, x, y + 3, theme.Muted);
                return;
            }
            using SKPathEffect? dashes = dashed && !vector ? SKPathEffect.CreateDash(color is null ? [2, 3] : [6, 4], 0) : null;
            using var paint = new SKPaint { Color = color ?? theme.Muted, IsStroke = !filled, StrokeWidth = color is null || (dashed && vector) ? 1 : 2, PathEffect = dashes, IsAntialias = true };
            if (filled)
            {
                canvas.DrawRect(x + 6, y + 4, 12, 12, paint);
            }
            else
            {
                canvas.DrawLine(x, y + 10, x + Sample, y + 10, paint);
            }
            lettering.WriteBelow(canvas, name, x + Sample + 6, y + 3, theme.Text);
        }
    }

    private static List<((string Name, SKColor? Color, bool Dashed, bool Filled) Entry, float X, int Line)> Places(Chart chart, float room, Lettering lettering)
    {
        var places = new List<((string, SKColor?, bool, bool), float, int)>();
        float x = 0;
        int line = 0;
        foreach (var entry in Entries(chart))
        {
            float width = Sample + 6 + lettering.Width(entry.Name);
            if (x > 0 && x + width > room && line + 1 == MostLines)
            {
                places.Add(((Rest, null, false, false), x, line));
                break;
            }
            if (x > 0 && x + width > room)
            {
                (x, line) = (0, line + 1);
            }
            places.Add((entry, x, line));
            x += width + Space;
        }
        return places;
    }
}
