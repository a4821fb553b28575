using ConvNetShell.Display.Charts;
using ConvNetShell.Rendering.Drawing;

namespace ConvNetShell.Rendering.Charts;

/// <summary>The titles of a chart and of its panels, in as many lines as they take: none is cut.</summary>
internal static class ChartTitles
{
    /// <summary>The sizes of their letters.</summary>
    public const float ChartSize = 15,
        PanelSize = 13;

    private const float Edges = 86; // an axis with its numbers at the left, and half of a number at the right
    private const float CategoryEdges = 44,
        LeastRoom = 110;

    /// <summary>Returns the lines of a chart's title; none where it has no title.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="room">The width in pixels.</param>
    public static IReadOnlyList<string> Of(Chart chart, float room) => Lines(chart.Title, ChartSize, room);

    /// <summary>Returns the lines of a panel's title; none where an axis says the same.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="room">The panel's width in pixels.</param>
    public static IReadOnlyList<string> Of(ChartPanel panel, float room) =>
        panel.Title == panel.YTitle
            ? []
            : Lines(panel.Title, PanelSize, room - (panel.Horizontal ? CategoryEdges + CategoryWidth(panel) : Edges));

    /// <summary>Returns the width of the names at the left of lying bars, in pixels; 0 for other panels.</summary>
    /// <param name="panel">The panel.</param>
    public static float CategoryWidth(ChartPanel panel)
    {
        using var lettering = new Lettering(PanelTicks.Size);
        return panel.Horizontal ? panel.Categories.Select(lettering.Width).DefaultIfEmpty(0).Max() : 0;
    }

    private static List<string> Lines(string text, float size, float room)
    {
        using var lettering = new Lettering(size, bold: true);
        return text.Length == 0 ? [] : Wrapping.Lines(text, lettering, Math.Max(room, LeastRoom));
    }
}
