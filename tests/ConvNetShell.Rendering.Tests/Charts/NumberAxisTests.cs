using System.Text.Json;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Rendering.Charts;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Terminal;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Charts;

/// <summary>Axes begin and end at the same numbers in pictures, pages and terminals; titles and groups can be read.</summary>
public sealed class NumberAxisTests
{
    private static readonly RendererRegistry Registry = Renderers.Create();

    [Theory]
    [InlineData(new double[] { 456, 10_000 }, 2)]
    [InlineData(new double[] { 100, 10_000 }, 1)] // the smallest bar is seen
    [InlineData(new double[] { 0.02, 0.5 }, -2)]
    [InlineData(new double[] { 0, 7, double.NaN }, 0)]
    public void Bars_on_a_logarithmic_axis_begin_at_the_power_of_ten_below_all_of_them(double[] values, double expected)
    {
        ChartPanel panel = Bars(values);
        Assert.Equal(expected, NumberAxis.Base(panel));
        (double? low, double? high) = NumberAxis.Ends(panel);
        Assert.Equal(expected, low);
        Assert.True(high > Math.Log10(values.Where(double.IsFinite).Max()));
        JsonElement axis = Figure(new Chart("", [panel])).GetProperty("layout").GetProperty("yaxis");
        Assert.Equal([low ?? 9, high ?? 9], axis.GetProperty("range").EnumerateArray().Select(end => end.GetDouble()), Near);
    }

    [Fact]
    public void Bars_below_one_grow_upwards()
    {
        using SKBitmap picture = Samples.Decode(Registry.Render(new Chart("", [Bars(0.002, 0.2)])));
        int[] heights =
        [
            .. Enumerable
                .Range(0, picture.Width)
                .Select(x => Enumerable.Range(0, picture.Height).Count(y => picture.GetPixel(x, y) == Theme.Series[0])),
        ];
        int low = heights.Take(picture.Width / 2).Max(),
            high = heights.Skip(picture.Width / 2).Max();
        Assert.True(low > 10 && high > 3 * low, $"{low} and {high} pixels");
    }

    [Fact]
    public void A_terminal_draws_logarithmic_bars_by_the_same_rule()
    {
        string[] lines = ChartText.Draw(new Chart("", [Bars(10, 1000)]), new TerminalOptions(72, 24, Color: false)).Split('\n');
        int[] blocks = [.. lines.Select(line => line.Count(sign => sign == '█')).Where(count => count > 0)];
        Assert.Equal(3, blocks[1] / (double)blocks[0], 0.15); // from 1: one power of ten and three
    }

    [Fact]
    public void A_curve_at_the_end_of_its_axis_is_not_hidden_by_the_frame()
    {
        var panel = new ChartPanel("", "x", "y", [new("", [0, 1, 2], [1, 1, 0.5])])
        {
            Low = 0,
            High = 1,
            Percent = true,
        };
        Assert.True(NumberAxis.Ends(panel) is { Low: 0, High: > 1.02 and < 1.1 });
        using SKBitmap picture = Samples.Decode(Registry.Render(new Chart("", [panel])));
        int column = picture.Width / 3;
        int[] curve = [.. Enumerable.Range(0, picture.Height).Where(y => picture.GetPixel(column, y) == Theme.Series[0])];
        Assert.NotEmpty(curve);
        Assert.True(curve.Min() > 14, $"the curve is at {curve.Min()}");
    }

    [Fact]
    public void No_title_is_cut()
    {
        const string title = "a title of many words that no chart of one panel has the room for in a single line of its page";
        var chart = new Chart(title, [new ChartPanel(title, "x", "y", [new("", [0, 1], [0, 1])])]);
        Assert.Equal(title, string.Join(' ', ChartTitles.Of(chart, 500)));
        Assert.True(ChartTitles.Of(chart.Panels[0], 200).Count > 3);
        JsonElement layout = Figure(chart).GetProperty("layout");
        Assert.Equal(title, layout.GetProperty("title").GetProperty("text").GetString()!.Replace("<br>", " ", StringComparison.Ordinal));
        Assert.Contains("<br>", layout.GetProperty("annotations")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        using SKBitmap tall = Samples.Decode(Registry.Render(chart)),
            usual = Samples.Decode(Registry.Render(chart with { Title = "short", Panels = [chart.Panels[0] with { Title = "short" }] }));
        Assert.True(tall.Height >= usual.Height + 30);
    }

    [Fact]
    public void Twenty_groups_of_points_differ_in_color_or_shape()
    {
        ChartSeries[] groups = [.. Enumerable.Range(0, 20).Select(i => new ChartSeries($"person{i}", [i], [i], SeriesKind.Points))];
        var chart = new Chart("", [new ChartPanel("", "x", "y", groups)]);
        Assert.Equal(20, ChartLegend.Entries(chart).Select(entry => (entry.Color, entry.Shape)).Distinct().Count());
        JsonElement[] traces = [.. Figure(chart).GetProperty("data").EnumerateArray()];
        Assert.Equal("triangle-up", traces[7].GetProperty("marker").GetProperty("symbol").GetString());
        Assert.Equal("square", traces[14].GetProperty("marker").GetProperty("symbol").GetString());
    }

    [Fact]
    public void A_layer_that_was_not_compared_says_so()
    {
        InvarianceRow Row(string layer, double error) => new("Rotate", 90, layer, error, double.NaN, 0);
        Chart chart = new InvarianceChart([Row("conv1", 0.2), Row("fc1", double.NaN)]).ToChart();
        Assert.Equal(["conv1", "fc1"], chart.Panels[0].Categories);
        Assert.Equal(new ChartLabel(0.1, 1, "not compared"), Assert.Single(chart.Panels[0].Labels));
        Chart curves = new InvarianceChart([
            Row("conv1", 0.2),
            Row("fc1", double.NaN),
            Row("conv1", 0.3) with
            {
                Amount = 45,
            },
            Row("fc1", double.NaN) with
            {
                Amount = 45,
            },
        ]).ToChart();
        Assert.Equal(["conv1", "fc1 (not compared)"], curves.Panels[0].Series.Select(series => series.Name));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-3;

    private static ChartPanel Bars(params double[] values) =>
        new("", "", "y", [new("", [.. values.Select((_, i) => (double)i)], values, SeriesKind.Bars) { Color = 0 }])
        {
            Categories = [.. values.Select((_, i) => $"{i}")],
            Logarithmic = true,
        };

    private static JsonElement Figure(IChartSource chart) =>
        JsonDocument.Parse(Registry.Render(chart, new RenderOptions { AllForms = true }).Data[MimeBundle.Plotly]).RootElement;
}
