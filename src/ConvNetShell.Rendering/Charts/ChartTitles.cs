using ConvNetShell.Display.Charts;
using ConvNetShell.Rendering.Drawing;

namespace ConvNetShell.Rendering.Charts;

/// <summary>The titles of a chart and of its panels, in as many lines as they take: none is cut.</summary>
internal static class ChartTitles
{
    /// <summary>The sizes of their letters.</summary>
    public const float ChartSize = 15,
        PanelSize = 13;

    private const float PanelEdge = 10;

    /// <summary>Returns the lines of a chart's title; none where it has no title.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="room">The width in pixels.</param>
    public static IReadOnlyList<string> Of(Chart chart, float room) => Lines(chart.Title, ChartSize, room);

    /// <summary>Returns the lines of a panel's title; none where an axis says the same.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="room">The panel's width in pixels.</param>
    public static IReadOnlyList<string> Of(ChartPanel panel, float room) =>
        panel.Title == panel.YTitle ? [] : Lines(panel.Title, PanelSize, room - (2 * PanelEdge));

    private static List<string> Lines(string text, float size, float room)
    {
        using var lettering = new Lettering(size, bold: true);
        return text.Length == 0 ? [] : Wrapping.Lines(text, lettering, room);
    }
}
