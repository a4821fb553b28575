using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Records.Understanding;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Charts;

/// <summary>Charts as pieces of pages and as pictures.</summary>
public sealed class ChartRendererTests
{
    private const string Evil = "</script><img src=x onerror=alert(1)>";
    private static readonly RendererRegistry Registry = Renderers.Create();

    [Fact]
    public void A_history_of_500_epochs_is_small()
    {
        MimeBundle bundle = Registry.Render(new HistoryChart("CIFAR10 on CIFAR10", Samples.Epochs(500), 480));
        Assert.InRange(bundle.Data.Sum(form => form.Value.Length), 10_000, 100_000);
        Assert.Contains("500 epochs", bundle.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_are_in_the_figure()
    {
        JsonElement figure = Figure(new HistoryChart("t", Samples.Epochs(3), 2));
        JsonElement[] traces = [.. figure.GetProperty("data").EnumerateArray()];
        Assert.Equal(
            ["training", "validation", "training", "validation", ""],
            traces.Select(trace => trace.GetProperty("name").GetString())
        );
        Assert.Equal(Samples.Epochs(3)[1].TrainLoss, traces[0].GetProperty("y")[1].GetDouble(), 1e-4);
        Assert.Equal(1, traces[0].GetProperty("x0").GetDouble());
        Assert.Equal(["x", "x", "x2", "x2", "x3"], traces.Select(trace => trace.GetProperty("xaxis").GetString()));
        Assert.Equal(2, figure.GetProperty("layout").GetProperty("shapes")[0].GetProperty("x0").GetDouble());
    }

    [Theory]
    [InlineData("best: trial 2", true)]
    [InlineData("", false)]
    public void One_curve_with_a_name_among_others_is_in_the_legend(string name, bool isShown)
    {
        var chart = new Chart("t", [new ChartPanel("", "epoch", "loss", [new("", [1, 2], [3, 4]), new(name, [1, 2], [2, 1])])]);

        Assert.Equal(isShown, Figure(chart).GetProperty("layout").GetProperty("showlegend").GetBoolean());
        using SKBitmap picture = Samples.Decode(Registry.Render(chart));
        SKColor[] pixels = picture.Pixels; // a copy each time it is asked for
        SKColor[] footing = pixels[^(picture.Width * 20)..];
        Assert.Equal(isShown, footing.Any(color => Math.Abs(color.Red - color.Blue) > 60)); // all but the curves is gray
    }

    [Fact]
    public void A_run_without_validation_has_no_curve_of_it()
    {
        EpochRecord[] epochs =
        [
            .. Samples
                .Epochs(3)
                .Select(epoch => epoch with { ValidationLoss = double.NaN, ValidationAccuracy = double.NaN, LearningRate = 0.1 }),
        ];
        Assert.Equal(
            ["training", "training"],
            Figure(new HistoryChart("t", epochs))
                .GetProperty("data")
                .EnumerateArray()
                .Select(trace => trace.GetProperty("name").GetString())
        );
    }

    [Fact]
    public void What_is_no_number_is_a_gap()
    {
        EpochRecord[] epochs = Samples.Epochs(3);
        epochs[1] = epochs[1] with { TrainLoss = double.PositiveInfinity };
        Assert.Equal(JsonValueKind.Null, Figure(new HistoryChart("t", epochs)).GetProperty("data")[0].GetProperty("y")[1].ValueKind);
    }

    [Fact]
    public void Text_of_users_cannot_end_the_script()
    {
        MimeBundle bundle = Registry.Render(new HistoryChart(Evil, Samples.Epochs(2)));
        Assert.Single(Regex.Matches(bundle.Data[MimeBundle.Html], "</script"));
        Assert.Single(Regex.Matches(bundle.Data[MimeBundle.Html], "<img")); // the chart's own picture

        // Plotly takes tags in its texts for what they are, so they are escaped there once more.
        Assert.Contains(
            "&lt;img",
            Figure(new HistoryChart(Evil, Samples.Epochs(2))).GetProperty("layout").GetProperty("title").GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Static_forms_stand_beside_the_interactive_one()
    {
        MimeBundle bundle = Registry.Render(
            new HistoryChart("a < b", Samples.Epochs(20)),
            new RenderOptions
            {
                AllForms = true,
                Width = 700,
                Height = 320,
            }
        );
        using SKBitmap bitmap = Samples.Decode(bundle);
        Assert.Equal((700, 320), (bitmap.Width, bitmap.Height));
        Assert.Contains(bitmap.Pixels, pixel => pixel.Red > 200 && pixel.Blue < 60); // the second curve
        Assert.Equal("svg", XDocument.Parse(bundle.Data[MimeBundle.Svg]).Root!.Name.LocalName);
    }

    [Fact]
    public void A_dashed_line_of_an_SVG_has_gaps_and_a_solid_one_has_none()
    {
        static int Pieces(bool dashed)
        {
            var series = new ChartSeries("bound", [0, 1], [0, 1]) { Dashed = dashed, Color = 5 };
            XDocument svg = XDocument.Parse(
                Registry.Render(new Chart("", [new ChartPanel("", "x", "y", [series])]), new RenderOptions { AllForms = true }).Data[
                    MimeBundle.Svg
                ]
            );
            return svg.Descendants()
                .Where(part => string.Equals((string?)part.Attribute("stroke"), "#D55E00", StringComparison.OrdinalIgnoreCase))
                .Sum(part => Regex.Count((string?)part.Attribute("d") ?? "M", "M"));
        }
        Assert.InRange(Pieces(dashed: true), 20, 200);
        Assert.InRange(Pieces(dashed: false), 1, 4);
    }

    [Fact]
    public void One_epoch_is_drawn_as_bars()
    {
        JsonElement[] traces = [.. Figure(new HistoryChart("t", Samples.Epochs(1))).GetProperty("data").EnumerateArray()];
        Assert.All(traces, trace => Assert.Equal("bar", trace.GetProperty("type").GetString()));
        Assert.Equal(
            [Samples.Epochs(1)[0].TrainLoss, Samples.Epochs(1)[0].ValidationLoss],
            traces[..2].Select(trace => trace.GetProperty("x")[0].GetDouble()),
            (a, b) => Math.Abs(a - b) < 1e-3
        );
        Assert.Contains("t: 1 epoch, ", new HistoryChart("t", Samples.Epochs(1)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_at_one_category_stand_side_by_side()
    {
        static ChartSeries Bars(double place, int color) => new($"{color}", [place], [1], SeriesKind.Bars) { Color = color };
        static Chart Of(params ChartSeries[] series) => new("", [new ChartPanel("", "", "y", series) { Categories = ["a", "b"] }]);
        Assert.Equal("group", Figure(Of(Bars(0, 0), Bars(0, 1))).GetProperty("layout").GetProperty("barmode").GetString());
        Assert.Equal("overlay", Figure(Of(Bars(0, 0), Bars(1, 1))).GetProperty("layout").GetProperty("barmode").GetString());
        using SKBitmap both = Samples.Decode(Registry.Render(Of(Bars(0, 0), Bars(0, 1))));
        int[] blue = [.. Enumerable.Range(0, both.Width).Where(x => both.GetPixel(x, 150) == new SKColor(0x00, 0x72, 0xB2))];
        int[] yellow = [.. Enumerable.Range(0, both.Width).Where(x => both.GetPixel(x, 150) == new SKColor(0xE6, 0x9F, 0x00))];
        Assert.True(blue.Length > 20 && yellow.Length > 20 && blue.Max() < yellow.Min());
    }

    [Fact]
    public void Measurements_that_follow_one_another_are_one_chart()
    {
        LayerMeasure Layer(string name, double dead, double ratio) =>
            new(name, "relu", "4x8x8", 4, 0, 1, 0, 1, 0.5, 0.01) { DeadFraction = dead, UpdateRatio = ratio };
        object chart = Assert.Single(Figures.Combine([Layer("conv1", double.NaN, 0.002), Layer("relu1", 0.25, double.NaN)]));
        Chart drawn = Assert.IsType<LayerMeasureChart>(chart).ToChart();
        Assert.Equal([0.25], drawn.Panels[0].Series[0].Y);
        Assert.Equal(["relu1"], drawn.Panels[0].Categories);
        Assert.Equal([0.002], drawn.Panels[1].Series[0].Y);
        LayerTiming[] timings = [new("conv1", "Conv", "1", 8, 1, 2, 1, 10, 0.1, 0.9), new("Total", "", "1", 8, 1, 2, 1, 10, 0.1, 1)];
        Chart times = Assert.IsType<LayerTimingChart>(Assert.Single(Figures.Combine(timings))).ToChart();
        Assert.Equal("Total: 1.00 ms forwards, 2.00 ms backwards", times.Title);
        Assert.Equal(["conv1"], times.Panels[0].Categories);
    }

    [Fact]
    public void Nothing_interactive_comes_where_it_is_not_wanted() =>
        Assert.DoesNotContain(
            MimeBundle.Html,
            Registry.Render(new HistoryChart("t", Samples.Epochs(2)), new RenderOptions { Interactive = false }).Data.Keys
        );

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Few_epochs_are_no_trouble(int epochs)
    {
        MimeBundle bundle = Registry.Render(new HistoryChart("t", Samples.Epochs(epochs)));
        using SKBitmap bitmap = Samples.Decode(bundle);
        Assert.True(bitmap.Width > 300);
    }

    [Fact]
    public void Losses_that_all_are_none_are_no_trouble()
    {
        EpochRecord[] epochs = [.. Samples.Epochs(3).Select(epoch => epoch with { TrainLoss = double.NaN, ValidationLoss = double.NaN })];
        Assert.Contains(MimeBundle.Png, Registry.Render(new HistoryChart("t", epochs)).Data.Keys);
    }

    [Fact]
    public void Every_record_with_a_chart_is_drawn()
    {
        ClassReport[] classes = [new("cat", 0.5, 0.25, 0.33, 10), new("dog", 0.75, 1, 0.86, 10)];
        object[] records =
        [
            new AccuracyReport("Net", "Shapes", "Test", 1000, 0.18, 0.94, 0.99, 0.92, 0.95, classes),
            new ClassChart("classes", classes),
            new PredictionChart([
                new Prediction("a", 1, "cat", 0.9, "cat", true),
                new Prediction("a", 2, "dog", 0.1, "cat", false),
                new Prediction("b", 1, "dog", 0.6, null, null),
            ]),
            new LearningRateSearch(
                "n",
                "d",
                "s",
                0.01,
                "m",
                false,
                [
                    .. Enumerable
                        .Range(1, 20)
                        .Select(i => new LearningRatePoint(i, Math.Pow(10, (i / 5.0) - 4), 1 / (double)i, 1 / (double)i)),
                ]
            ),
            Samples.Matrix(),
            Samples.Matrix(100),
            new NetworkSummary(
                "Tiny",
                "3x32x32",
                "16x32x32",
                [new LayerSummary(1, "conv1", "Conv", "16x32x32", "5x5", "1", "Same", 1216, 1228800, 1, "16x5x5x3+16 = 1216", 5, 1)]
            ),
            new NetworkPanel(
                "Tiny",
                "a.png",
                [new PanelLayer("conv1", "Conv 5x5", "4x8x8", "x") { Activations = [Samples.Map()], Weights = [Samples.Map(side: 5)] }],
                []
            ),
        ];
        foreach (object record in records)
        {
            Assert.True(Registry.CanRender(record));
            foreach (bool dark in new[] { false, true })
            {
                MimeBundle bundle = Registry.Render(record, new RenderOptions { Dark = dark, AllForms = true });
                using SKBitmap bitmap = Samples.Decode(bundle);
                Assert.True(bitmap is { Width: > 100, Height: > 100 }, record.GetType().Name);
                Assert.NotEmpty(bundle.Text);
                Assert.NotNull(XDocument.Parse(bundle.Data[MimeBundle.Svg]).Root);
            }
        }
    }

    private static JsonElement Figure(IChartSource chart) =>
        JsonDocument.Parse(Registry.Render(chart, new RenderOptions { AllForms = true }).Data[MimeBundle.Plotly]).RootElement;
}
