using ConvNetShell.Display.Charts;
using ConvNetShell.Rendering.Drawing;
using ScottPlot;
using ScottPlot.Plottables;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Makes ScottPlot's plot of one panel.</summary>
internal static class PanelPlot
{
    private const int FewPoints = 40;
    private const float LineWidth = 1.8f;
    private const double BarSize = 0.75; // of the room a category has

    /// <summary>Returns the plot, in the colors of a theme.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="title">The lines above it.</param>
    /// <param name="theme">The colors.</param>
    public static Plot Make(ChartPanel panel, IReadOnlyList<string> title, Theme theme)
    {
        var plot = new Plot();
        Style(plot, panel, title, theme);
        if (panel.Field is { } field)
        {
            FieldPlot.Add(plot, panel, field, theme);
        }
        for (int i = 0; i < panel.Series.Count; i++)
        {
            Add(plot, panel, panel.Series[i], i, theme);
        }
        if (panel.Mark is double at)
        {
            double x = panel.LogarithmicX ? Math.Log10(at) : at;
            plot.Add.Plottable(
                new DashedLine([x, x], [double.NegativeInfinity, double.PositiveInfinity], () => Stroke(theme.Muted, 1), 2, 3)
            );
        }
        foreach (ChartLabel label in panel.Labels)
        {
            Text word = plot.Add.Text(label.Text, label.X, label.Y);
            word.LabelFontColor = Color(theme.Text);
            word.LabelBackgroundColor = Color(theme.Background).WithAlpha(0.8);
            word.LabelFontSize = PanelTicks.Size;
            word.LabelAlignment = Alignment.MiddleCenter;
        }
        PanelTicks.Set(plot, panel);
        Limits(plot, panel);
        plot.HideLegend();
        return plot;
    }

    internal static Color Color(SkiaSharp.SKColor color) => new(color.Red, color.Green, color.Blue, color.Alpha);

    private static void Style(Plot plot, ChartPanel panel, IReadOnlyList<string> title, Theme theme)
    {
        plot.FigureBackground.Color = Color(theme.Background);
        plot.DataBackground.Color = Color(theme.Background);
        plot.Axes.Color(Color(theme.Muted));
        plot.Grid.MajorLineColor = Color(theme.Line).WithAlpha(0.7);
        plot.Font.Set(PlotFonts.Name);
        plot.Axes.Right.MinimumSize = 26; // room for half of the last number
        plot.Axes.FrameColor(Color(theme.Line));
        (string across, string up) = panel.Horizontal ? (panel.YTitle, panel.XTitle) : (panel.XTitle, panel.YTitle);
        plot.Axes.Title.Label.Text = string.Join('\n', title);
        plot.Axes.Title.Label.FontSize = ChartTitles.PanelSize;
        plot.Axes.Title.Label.ForeColor = Color(theme.Text);
        Label(plot.Axes.Bottom, across, theme);
        Label(plot.Axes.Left, up, theme);
    }

    private static void Label(IAxis axis, string text, Theme theme)
    {
        axis.Label.Text = text;
        axis.Label.Bold = false;
        axis.Label.FontSize = 12.5f;
        axis.Label.ForeColor = Color(theme.Text);
        axis.TickLabelStyle.FontSize = PanelTicks.Size;
        axis.MinorTickStyle.Length = 0;
    }

    private static void Add(Plot plot, ChartPanel panel, ChartSeries series, int index, Theme theme)
    {
        SkiaSharp.SKColor painted = Theme.Of(series.Shade, series.Color ?? index);
        Color color = Color(painted);
        double[] values = [.. series.Y.Select(value => NumberAxis.At(panel, value))];
        if (series.Kind == SeriesKind.Bars)
        {
            int together = panel.Grouped ? panel.Series.Count : 1;
            double size = BarSize / together,
                shift = panel.Grouped ? (index - ((together - 1) / 2.0)) * size : 0;
            double begin = NumberAxis.Base(panel);
            var bars = plot.Add.Bars([.. series.X.Select(x => x + shift)], [.. values.Select(v => double.IsNaN(v) ? begin : v)]);
            bars.Color = color;
            bars.Horizontal = panel.Horizontal;
            foreach (Bar bar in bars.Bars)
            {
                bar.LineWidth = 0;
                bar.ValueBase = begin;
                bar.Size = size;
            }
            IntervalPlot.Add(plot, panel, series, shift, Color(theme.Text));
            return;
        }
        double[] xs = [.. series.X.Select(x => panel.LogarithmicX ? Math.Log10(x) : x)];
        if (series.Dashed && series.Kind == SeriesKind.Line)
        {
            plot.Add.Plottable(new DashedLine(xs, values, () => Stroke(painted, LineWidth), 6, 4));
        }
        if (panel.Field is not null && series.Kind == SeriesKind.Line)
        {
            Scatter border = plot.Add.Scatter(xs, values, Colors.White); // seen on every color of the field
            (border.LineWidth, border.MarkerSize) = (2 * LineWidth, 0);
        }
        Scatter line = plot.Add.Scatter(xs, values, color);
        line.LineWidth = series.Kind == SeriesKind.Points || series.Dashed ? 0 : LineWidth;
        line.MarkerSize =
            series.Kind == SeriesKind.Points ? 6
            : values.Length <= FewPoints && !series.Dashed && !series.Plain ? 5
            : 0;
        line.MarkerShape = series.Kind == SeriesKind.Points ? PointShape.Plot(PointShape.Of(series, index)) : MarkerShape.FilledCircle;
        if (panel.Field is not null && line.MarkerSize > 0)
        {
            line.MarkerStyle.OutlineColor = Colors.White;
            line.MarkerStyle.OutlineWidth = 1.5f;
            line.MarkerStyle.Size += 2;
        }
    }

    private static SkiaSharp.SKPaint Stroke(SkiaSharp.SKColor color, float width) =>
        new()
        {
            Color = color,
            StrokeWidth = width,
            IsStroke = true,
            IsAntialias = true,
            StrokeJoin = SkiaSharp.SKStrokeJoin.Round,
        };

    private static void Limits(Plot plot, ChartPanel panel)
    {
        plot.Axes.AutoScale();
        AxisLimits limits = plot.Axes.GetLimits();
        (double? Low, double? High) ends = NumberAxis.Ends(panel);
        if (panel.Categories.Count > 0)
        {
            (double first, double last) = (-0.6, panel.Categories.Count - 0.4);
            (double low, double high) = panel.Horizontal ? (limits.Left, limits.Right) : (limits.Bottom, limits.Top);
            (low, high) = (ends.Low ?? (panel.HasBars ? Math.Min(0, low) : low), ends.High ?? high);
            if (panel.Horizontal)
            {
                plot.Axes.SetLimits(low, high, last, first); // the first at the top
            }
            else
            {
                plot.Axes.SetLimits(first, last, low, high);
            }
            return;
        }
        plot.Axes.SetLimitsY(ends.Low ?? limits.Bottom, ends.High ?? limits.Top);
        if (panel.Field is { } field)
        {
            (double first, double last) = FieldPlot.Ends(field.X, panel.LogarithmicX);
            plot.Axes.SetLimitsX(first, last);
        }
    }
}
