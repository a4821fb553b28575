using System.Globalization;
using System.Text;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Text;
using ConvNetShell.Rendering.Charts;
using ConvNetShell.Rendering.Pictures;

namespace ConvNetShell.Rendering.Terminal;

/// <summary>Draws a chart in a terminal: curves in Braille, bars in blocks, panels side by side where there is room.</summary>
internal static class ChartText
{
    private const int LeastHeight = 4,
        MostHeight = 12,
        AroundCurves = 5,
        LeastPanel = 36,
        MostPanel = 72,
        AxisWidth = 9,
        LeastNumber = 8;

    /// <summary>Returns the chart as lines.</summary>
    public static string Draw(Chart chart, TerminalOptions options)
    {
        var text = new StringBuilder();
        if (chart.Title.Length > 0)
        {
            text.AppendLine(options.Color ? Cut(chart.Title, options.Width - 1) : chart.Title); // a line that wraps could not be drawn over
        }
        int room = Math.Max(LeastPanel, options.Width - 1);
        int columns = Math.Clamp(room / LeastPanel, 1, Math.Max(1, chart.Panels.Count));
        int width = Math.Min(MostPanel, (room / columns) - 1);
        int rows = (chart.Panels.Count + columns - 1) / columns;
        int height = Math.Clamp(((options.Height - 2) / Math.Max(1, rows)) - AroundCurves, LeastHeight, MostHeight);
        foreach (ChartPanel[] row in chart.Panels.Chunk(columns))
        {
            string[][] panels =
            [
                .. row.Select(panel =>
                    panel.Field is { } field ? FieldText.Draw(panel, field, width, height, options.Color)
                    : panel.HasBars ? Bars(panel, width, options.Color)
                    : Curves(panel, width, height, options)
                ),
            ];
            for (int line = 0; line < panels.Max(panel => panel.Length); line++)
            {
                text.AppendLine(
                    string.Join(' ', panels.Select(panel => line < panel.Length ? panel[line] : new string(' ', width))).TrimEnd()
                );
            }
        }
        return text.ToString().TrimEnd();
    }

    private static string[] Curves(ChartPanel panel, int width, int height, TerminalOptions options)
    {
        double Across(double x) => panel.LogarithmicX ? Math.Log10(x) : x;
        double Up(double y) => panel.Logarithmic ? Math.Log10(y) : y;
        double[] x = [.. panel.Series.SelectMany(series => series.X).Select(Across)],
            y = [.. panel.Series.SelectMany(series => series.Y).Select(Up).Where(double.IsFinite)];
        (double Low, double High) across =
            panel.Categories.Count > 0
                ? x.All(at => at >= 0 && at <= panel.Categories.Count - 1)
                    ? (0, panel.Categories.Count - 1)
                    : (-0.5, panel.Categories.Count - 0.5)
                : x.Length == 0
                    ? (0, 1)
                    : (x.Min(), x.Max());
        (double Low, double High) up =
            y.Length == 0 ? (0, 1) : (panel.Low is double low ? Up(low) : y.Min(), panel.High is double high ? Up(high) : y.Max());
        int inside = width - AxisWidth - 1;
        var canvas = new BrailleCanvas(inside, height);
        for (int i = 0; i < panel.Series.Count; i++)
        {
            ChartSeries series = panel.Series[i];
            int every = series.Kind == SeriesKind.Points ? 2 : 1; // gaps between points
            canvas.Add(
                [.. series.X.SelectMany(at => Enumerable.Repeat(Across(at), every))],
                [.. series.Y.SelectMany(at => Enumerable.Repeat(double.NaN, every - 1).Prepend(Up(at)))],
                across,
                up,
                series.Color ?? i
            );
        }
        var lines = new List<string> { Pad(new string(' ', AxisWidth) + (panel.Title.Length > 0 ? panel.Title : panel.YTitle), width) };
        string[] drawn = canvas.Lines(options.Color);
        for (int row = 0; row < height; row++)
        {
            string label =
                panel.HideNumbers ? string.Empty
                : row == 0 ? Level(panel, up.High)
                : row == height - 1 ? Level(panel, up.Low)
                : row == height / 2 && panel.Levels.Count == 0 ? Level(panel, up.High - ((up.High - up.Low) * row / (height - 1)))
                : string.Empty;
            lines.Add($"{label.PadLeft(AxisWidth - 1)} {(label.Length > 0 ? '┤' : '│')}{drawn[row]}");
        }
        lines.Add(new string(' ', AxisWidth) + "└" + new string('─', inside));
        string End(double at) =>
            panel.Categories.Count > 0
                ? Cut(panel.Categories[(int)at], inside / 3)
                : GridPage.Short(panel.LogarithmicX ? Math.Pow(10, at) : at);
        (string first, string last) = (End(across.Low), End(across.High));
        lines.Add(new string(' ', AxisWidth + 1) + first + Center(panel.XTitle, inside - first.Length - last.Length) + last);
        lines.AddRange(
            panel
                .Series.Select((series, i) => (Series: series, Color: series.Color ?? i))
                .Where(entry => entry.Series.Name.Length > 0 || entry.Series.Shade is null)
                .DistinctBy(entry => (entry.Series.Name, entry.Color))
                .Select(entry => Legend(panel, entry.Series, entry.Color, width, options.Color))
        );
        return [.. lines];
    }

    private static string Legend(ChartPanel panel, ChartSeries series, int color, int width, bool colored)
    {
        string name = series.Name.Length > 0 ? series.Name : panel.YTitle;
        string label = Pad(
            string.Create(
                CultureInfo.InvariantCulture,
                $" {name} {(series.Y.Count > 0 && double.IsFinite(series.Y[^1]) ? Number(panel, series.Y[^1]) : string.Empty)}"
            ),
            width - AxisWidth - 3
        );
        return new string(' ', AxisWidth + 1) + (colored ? Ansi.Foreground(BrailleCanvas.Color(color)) + "━━" + Ansi.Reset : "━━") + label;
    }

    private static string[] Bars(ChartPanel panel, int width, bool colored)
    {
        bool named = panel.Series.Count(series => !series.Dashed && series.Name.Length > 0) > 1;
        string Label(ChartSeries series, int bar) => panel.Categories[(int)series.X[bar]] + (named ? ", " + series.Name : string.Empty);
        (ChartSeries Series, int Color, int Bar)[] bars =
        [
            .. panel
                .Series.SelectMany(
                    (series, i) => series.Dashed ? [] : Enumerable.Range(0, series.Y.Count).Select(bar => (series, series.Color ?? i, bar))
                )
                .OrderBy(bar => bar.series.X[bar.bar]),
        ];
        int label = Math.Min(width / (named ? 2 : 3), bars.Select(bar => Label(bar.Series, bar.Bar).Length).DefaultIfEmpty(0).Max());
        double high = panel.High ?? panel.Series.SelectMany(series => series.Y).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        int number = bars.Select(bar => Number(panel, bar.Series, bar.Bar).Length).DefaultIfEmpty(0).Max(),
            room = Math.Max(1, width - label - 2 - Math.Max(LeastNumber, number));
        var lines = new List<string> { Pad(panel.Title.Length > 0 ? panel.Title : panel.YTitle, width) };
        foreach ((ChartSeries series, int color, int bar) in bars)
        {
            double fraction = NumberAxis.Fraction(panel, series.Y[bar], high);
            string blocks = Blocks(fraction * room);
            string paint = colored ? Ansi.Foreground(BrailleCanvas.Color(color)) + blocks + Ansi.Reset : blocks;
            lines.Add(
                $"{Cut(Label(series, bar), label).PadLeft(label)} {paint}{new string(' ', room - blocks.Length)} "
                    + Number(panel, series, bar).PadRight(Math.Max(LeastNumber, number))
            );
        }
        return [.. lines];
    }

    private static string Blocks(double length)
    {
        int whole = (int)length,
            eighths = (int)((length - whole) * 8);
        return new string('█', whole) + (eighths > 0 ? ((char)('█' + (8 - eighths))).ToString() : string.Empty);
    }

    /// <summary>Returns a bar's number, with its interval where it has one.</summary>
    private static string Number(ChartPanel panel, ChartSeries series, int bar)
    {
        string value = Number(panel, series.Y[bar]);
        if (series.Low.Count <= bar || !double.IsFinite(series.Low[bar]))
        {
            return value;
        }
        string low = Number(panel, series.Low[bar]).Replace(" %", string.Empty, StringComparison.Ordinal);
        return $"{value} ({low} to {Number(panel, series.High[bar])})";
    }

    private static string Number(ChartPanel panel, double value) =>
        double.IsNaN(value) ? "-"
        : panel.Percent ? ViewText.Percent(value)
        : GridPage.Short(value);

    /// <summary>Returns the label of a height: its number, or the name of the nearest level.</summary>
    private static string Level(ChartPanel panel, double at) =>
        panel.Levels.Count > 0
            ? Cut(panel.Levels[(int)Math.Clamp(Math.Round(at), 0, panel.Levels.Count - 1)], AxisWidth - 1)
            : Number(panel, panel.Logarithmic ? Math.Pow(10, at) : at);

    private static string Center(string text, int width) =>
        width <= text.Length ? new string(' ', Math.Max(1, width)) : text.PadLeft((width + text.Length) / 2).PadRight(width);

    private static string Cut(string text, int width) => text.Length > width ? text[..Math.Max(0, width - 1)] + "…" : text;

    private static string Pad(string text, int width) => Cut(text, Math.Max(1, width)).PadRight(width);
}
