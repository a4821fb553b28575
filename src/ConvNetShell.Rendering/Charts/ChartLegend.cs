using ConvNetShell.Display.Charts;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Draws one legend for all panels of a chart.</summary>
internal static class ChartLegend
{
    private const float Sample = 24,
        Space = 18,
        Line = 20;

    /// <summary>Returns each name once, with how it is drawn.</summary>
    public static IReadOnlyList<LegendEntry> Entries(Chart chart)
    {
        IEnumerable<LegendEntry> series = chart
            .Panels.SelectMany(panel =>
                panel.Series.Select(
                    (one, index) =>
                        new LegendEntry(
                            one.Name,
                            Theme.Of(one.Shade, one.Color ?? index),
                            one.Dashed,
                            one.Kind == SeriesKind.Bars,
                            one.Kind == SeriesKind.Points ? PointShape.Of(one, index) : null
                        )
                )
            )
            .Where(entry => entry.Name.Length > 0);
        IEnumerable<LegendEntry> marks = chart
            .Panels.Where(panel => panel.MarkText.Length > 0)
            .Select(panel => new LegendEntry(panel.MarkText, null, Dashed: true, Filled: false, Shape: null));
        return [.. series.Concat(marks).Distinct()];
    }

    /// <summary>Returns whether a legend says anything: of several series, or which of them has a name.</summary>
    public static bool IsShown(Chart chart) =>
        Entries(chart).Count > 1
        || (Entries(chart).Count == 1 && chart.Panels.Any(panel => panel.Series.Any(series => series.Name.Length == 0)));

    /// <summary>Returns how high the legend is.</summary>
    public static float Height(Chart chart, float room)
    {
        using var lettering = new Lettering(12);
        return IsShown(chart) ? 6 + (Line * (Layout(Entries(chart), room, lettering).Max(entry => entry.Row) + 1)) : 0;
    }

    /// <summary>Draws the legend, in as many lines as it takes.</summary>
    public static void Draw(SKCanvas canvas, Chart chart, float left, float top, float room, Theme theme)
    {
        using var lettering = new Lettering(12);
        IReadOnlyList<LegendEntry> entries = Entries(chart);
        foreach ((LegendEntry entry, (float across, int row)) in entries.Zip(Layout(entries, room, lettering)))
        {
            (float x, float y) = (left + across, top + (row * Line));
            using var paint = new SKPaint
            {
                Color = entry.Color ?? theme.Muted,
                IsStroke = !entry.Filled,
                StrokeWidth = entry.Color is null ? 1 : 2,
                IsAntialias = true,
            };
            if (entry.Filled)
            {
                canvas.DrawRect(x + 6, y + 4, 12, 12, paint);
            }
            else if (entry.Shape is int shape)
            {
                PointShape.Draw(canvas, shape, x + (Sample / 2), y + 10, entry.Color ?? theme.Muted);
            }
            else
            {
                using var line = new SKPath();
                line.MoveTo(x, y + 10);
                line.LineTo(x + Sample, y + 10);
                using SKPath drawn =
                    !entry.Dashed ? new SKPath(line)
                    : entry.Color is null ? Dashes.Cut(line, 2, 3)
                    : Dashes.Cut(line, 6, 4);
                canvas.DrawPath(drawn, paint);
            }
            lettering.WriteBelow(canvas, lettering.Fit(entry.Name, room - Sample - 6), x + Sample + 6, y + 3, theme.Text);
        }
    }

    private static List<(float X, int Row)> Layout(IReadOnlyList<LegendEntry> entries, float room, Lettering lettering)
    {
        var positions = new List<(float X, int Row)>();
        (float x, int row) = (0, 0);
        foreach (string name in entries.Select(entry => entry.Name))
        {
            float width = Sample + 6 + lettering.Width(name);
            if (x > 0 && x + width > room)
            {
                (x, row) = (0, row + 1);
            }
            positions.Add((x, row));
            x += width + Space;
        }
        return positions;
    }
}
