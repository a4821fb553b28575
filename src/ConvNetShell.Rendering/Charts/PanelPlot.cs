using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Pictures;
using ScottPlot;
using ScottPlot.AxisPanels;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Makes ScottPlot's plot of one panel.</summary>
internal static class PanelPlot
{
    private const int FewPoints = 40,
        MostNames = 16;
    private const float LineWidth = 1.8f,
        TickSize = 11.5f;
    private const double FewPowers = 2; // of ten
    private const double BarSize = 0.75; // of the room a category has

    /// <summary>Returns the plot, in the colors of a theme.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="theme">The colors.</param>
    public static Plot Make(ChartPanel panel, Theme theme)
    {
        var plot = new Plot();
        Style(plot, panel, theme);
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
            word.LabelFontSize = TickSize;
            word.LabelAlignment = Alignment.MiddleCenter;
        }
        Ticks(plot, panel);
        Limits(plot, panel);
        plot.HideLegend();
        return plot;
    }

    internal static Color Color(SkiaSharp.SKColor color) => new(color.Red, color.Green, color.Blue, color.Alpha);

    private static void Style(Plot plot, ChartPanel panel, Theme theme)
    {
        plot.FigureBackground.Color = Color(theme.Background);
        plot.DataBackground.Color = Color(theme.Background);
        plot.Axes.Color(Color(theme.Muted));
        plot.Grid.MajorLineColor = Color(theme.Line).WithAlpha(0.7);
        plot.Font.Set(PlotFonts.Name);
        plot.Axes.Right.MinimumSize = 26; // room for half of the last number
        plot.Axes.FrameColor(Color(theme.Line));
        (string across, string up) = panel.Horizontal ? (panel.YTitle, panel.XTitle) : (panel.XTitle, panel.YTitle);
        plot.Axes.Title.Label.Text = panel.Title == panel.YTitle ? string.Empty : panel.Title;
        plot.Axes.Title.Label.FontSize = 13;
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
        axis.TickLabelStyle.FontSize = TickSize;
        axis.MinorTickStyle.Length = 0;
    }

    private static void Add(Plot plot, ChartPanel panel, ChartSeries series, int index, Theme theme)
    {
        SkiaSharp.SKColor painted = Theme.Of(series.Shade, series.Color ?? index);
        Color color = Color(painted);
        double[] values =
        [
            .. series.Y.Select(value =>
                !double.IsFinite(value) || (panel.Logarithmic && value <= 0) ? double.NaN
                : panel.Logarithmic ? Math.Log10(value)
                : value
            ),
        ];
        if (series.Kind == SeriesKind.Bars)
        {
            int together = panel.Grouped ? panel.Series.Count : 1;
            double size = BarSize / together,
                shift = panel.Grouped ? (index - ((together - 1) / 2.0)) * size : 0;
            var bars = plot.Add.Bars([.. series.X.Select(x => x + shift)], [.. values.Select(value => double.IsNaN(value) ? 0 : value)]);
            bars.Color = color;
            bars.Horizontal = panel.Horizontal;
            foreach (Bar bar in bars.Bars)
            {
                bar.LineWidth = 0;
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

    private static void Ticks(Plot plot, ChartPanel panel)
    {
        IAxis numbers = panel.Horizontal ? plot.Axes.Bottom : plot.Axes.Left,
            categories = panel.Horizontal ? plot.Axes.Left : plot.Axes.Bottom;
        numbers.TickGenerator =
            panel.HideNumbers ? new EmptyTickGenerator()
            : panel.Levels.Count > 0 ? new NumericManual([.. panel.Levels.Select((_, level) => (double)level)], [.. panel.Levels])
            : panel.Logarithmic && panel.Low is double low && panel.High is double high ? Powers(Math.Log10(low), Math.Log10(high))
            : new NumericAutomatic { LabelFormatter = value => Text(panel, value), IntegerTicksOnly = panel.Logarithmic };
        if (panel.LogarithmicX)
        {
            double[] x = [.. panel.Series.SelectMany(series => series.X).Concat(panel.Field?.X ?? []).Select(Math.Log10)];
            categories.TickGenerator = Powers(x.DefaultIfEmpty(0).Min(), x.DefaultIfEmpty(1).Max());
        }
        else if (panel.Categories.Count > 0)
        {
            int every = panel.Horizontal ? 1 : (panel.Categories.Count + MostNames - 1) / MostNames;
            int[] named = [.. Enumerable.Range(0, panel.Categories.Count).Where(i => i % every == 0)];
            categories.TickGenerator = new NumericManual([.. named.Select(i => (double)i)], [.. named.Select(i => panel.Categories[i])]);
            if (!panel.Horizontal && named.Sum(i => panel.Categories[i].Length + 2) > 40)
            {
                categories.TickLabelStyle.Rotation = 45;
                categories.TickLabelStyle.Alignment = Alignment.MiddleLeft;
                using var lettering = new Lettering(TickSize);
                ((AxisBase)categories).MinimumSize =
                    (named.Max(i => lettering.Width(panel.Categories[i])) * MathF.Sin(MathF.PI / 4)) + (2 * TickSize);
            }
        }
        else if (panel.Series.SelectMany(series => series.X).All(double.IsInteger))
        {
            categories.TickGenerator = new NumericAutomatic
            {
                IntegerTicksOnly = true,
                LabelFormatter = value => value.ToString("N0", CultureInfo.InvariantCulture),
            };
        }
    }

    /// <summary>Returns the ticks of a logarithmic axis: powers of ten; 1, 2 and 5 of each where there are few of them.</summary>
    private static ITickGenerator Powers(double low, double high)
    {
        if (high - low >= FewPowers)
        {
            return new NumericAutomatic { IntegerTicksOnly = true, LabelFormatter = PowerOfTen };
        }
        double[] ticks =
        [
            .. Enumerable
                .Range((int)Math.Floor(low), (int)Math.Ceiling(high) - (int)Math.Floor(low) + 1)
                .SelectMany(power => new[] { 1.0, 2, 5 }.Select(digit => Math.Log10(digit) + power)),
        ];
        return new NumericManual(ticks, [.. ticks.Select(tick => GridPage.Short(Math.Pow(10, tick)))]);
    }

    private static void Limits(Plot plot, ChartPanel panel)
    {
        plot.Axes.AutoScale();
        AxisLimits limits = plot.Axes.GetLimits();
        if (panel.Categories.Count > 0)
        {
            (double first, double last) = (-0.6, panel.Categories.Count - 0.4);
            (double low, double high) = panel.Horizontal ? (limits.Left, limits.Right) : (limits.Bottom, limits.Top);
            (low, high) = (Bound(panel, panel.Low) ?? (panel.HasBars ? Math.Min(0, low) : low), Bound(panel, panel.High) ?? high);
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
        plot.Axes.SetLimitsY(Bound(panel, panel.Low) ?? limits.Bottom, Bound(panel, panel.High) ?? limits.Top);
        if (panel.Field is { } field)
        {
            (double first, double last) = FieldPlot.Ends(field.X, panel.LogarithmicX);
            plot.Axes.SetLimitsX(first, last);
        }
    }

    /// <summary>Returns where an end of the axis of the numbers lies on it.</summary>
    private static double? Bound(ChartPanel panel, double? end) => panel.Logarithmic && end is double number ? Math.Log10(number) : end;

    private static string Text(ChartPanel panel, double value) =>
        panel.Logarithmic ? PowerOfTen(value)
        : panel.Percent ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * value, 4):0.##} %")
        : Math.Abs(value) < 1e-12 ? "0"
        : Math.Round(value, 12).ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string PowerOfTen(double exponent) =>
        exponent is >= -3 and <= 3 || !double.IsInteger(exponent)
            ? GridPage.Short(Math.Pow(10, exponent))
            : "10"
                + string.Concat(
                    exponent.ToString("F0", CultureInfo.InvariantCulture).Select(sign => sign == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign - '0'])
                );
}
