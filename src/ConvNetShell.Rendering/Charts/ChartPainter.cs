using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Draws a chart that does not move: panels side by side, each a plot of ScottPlot.</summary>
internal sealed class ChartPainter
{
    private const float Margin = 10,
        PanelHeight = 280,
        CloudHeight = 400, // of points, which lie anywhere
        TitleHeight = 20,
        TitleLine = 17, // of a panel, beyond the first
        LegendIndent = 48;
    private readonly ConvNetShell.Display.Charts.Chart chart;
    private readonly Theme theme;
    private readonly List<Plot> plots;
    private readonly IReadOnlyList<string> titles;
    private readonly float heading,
        footing;

    static ChartPainter() => Fonts.FontResolvers.Add(new PlotFonts());

    public ChartPainter(ConvNetShell.Display.Charts.Chart chart, RenderOptions options)
    {
        this.chart = chart;
        theme = Theme.For(options.Dark);
        int width = options.Width ?? WidthOf(chart);
        titles = ChartTitles.Of(chart, width - (2 * Margin) - 4);
        heading = titles.Count == 0 ? 0 : 6 + (titles.Count * TitleHeight);
        float room = PanelWidth(width);
        IReadOnlyList<string>[] names = [.. chart.Panels.Select(panel => ChartTitles.Of(panel, room))];
        footing = ChartLegend.Height(chart, LegendRoom(width));
        float height =
            options.Height
            ?? (
                Rows
                * (
                    Math.Max(
                        chart.Panels.Any(IsCloud) ? CloudHeight : PanelHeight,
                        chart
                            .Panels.Select(panel =>
                                panel.Horizontal
                                    ? 90 + (22 * panel.Categories.Count * (panel.Grouped ? Math.Max(1, panel.Series.Count * 0.7f) : 1))
                                    : 0f
                            )
                            .DefaultIfEmpty(0)
                            .Max()
                    ) + (TitleLine * Math.Max(0, names.Select(lines => lines.Count).DefaultIfEmpty(0).Max() - 1))
                )
            )
                + heading
                + footing;
        Size = new SKSizeI(width, (int)height);
        plots = [.. chart.Panels.Zip(names, (panel, lines) => PanelPlot.Make(panel, lines, theme))];
    }

    /// <summary>Gets the size of the page.</summary>
    public SKSizeI Size { get; }

    private int Rows => (chart.Panels.Count + ColumnsOf(chart) - 1) / ColumnsOf(chart);

    /// <summary>Draws the chart.</summary>
    public void Draw(SKCanvas canvas)
    {
        using var title = new Lettering(ChartTitles.ChartSize, bold: true);
        for (int line = 0; line < titles.Count; line++)
        {
            title.WriteBelow(canvas, titles[line], Margin + 4, Margin + (line * TitleHeight), theme.Text);
        }
        float width = PanelWidth(Size.Width),
            height = MathF.Floor((Size.Height - heading - footing - 12) / Math.Max(1, Rows));
        int columns = ColumnsOf(chart);
        for (int i = 0; i < plots.Count; i++)
        {
            // A plot first clears all it may draw on. Whole pixels, or seams would show between the panels.
            var frame = SKRect.Create(Margin + (i % columns * width), heading + 6 + (i / columns * height), width, height);
            canvas.Save();
            canvas.ClipRect(frame);
            plots[i].Render(canvas, new PixelRect(frame.Left, frame.Right, frame.Bottom, frame.Top));
            canvas.Restore();
        }
        if (footing > 0)
        {
            ChartLegend.Draw(canvas, chart, Margin + LegendIndent, Size.Height - footing, LegendRoom(Size.Width), theme);
        }
    }

    /// <summary>Returns the width that suits a chart, in pixels.</summary>
    public static int WidthOf(ConvNetShell.Display.Charts.Chart chart) =>
        chart.Panels.Count switch
        {
            1 when chart.Panels[0].Labels.Count > 0 => 760,
            <= 1 => 520,
            2 => 880,
            _ => 1080,
        };

    /// <summary>Returns how many panels stand side by side; further ones stand below. Lying bars need room for their names.</summary>
    public static int ColumnsOf(ConvNetShell.Display.Charts.Chart chart) =>
        chart.Panels.Count switch
        {
            <= 3 => Math.Max(1, chart.Panels.Count),
            4 => chart.Panels.Any(panel => panel.Horizontal) ? 2 : 4,
            5 or 6 => 3,
            _ => chart.Panels.Any(panel => panel.Horizontal) ? 3 : 4,
        };

    private static bool IsCloud(ChartPanel panel) =>
        panel.Series.Count > Theme.Series.Count && panel.Series.All(series => series.Kind == SeriesKind.Points);

    private float PanelWidth(float width) => MathF.Floor((width - (2 * Margin)) / ColumnsOf(chart));

    private static float LegendRoom(float width) => width - (2 * Margin) - LegendIndent;
}
