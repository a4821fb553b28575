using System.Text.RegularExpressions;
using System.Xml.Linq;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Records;

public sealed class PredictionRendererTests
{
    private static readonly SKColor Green = SKColor.Parse("009e73"),
        Red = SKColor.Parse("d55e00"),
        Blue = SKColor.Parse("0072b2");

    [Fact]
    public void Each_of_nine_images_has_its_picture_and_its_bars_in_every_form()
    {
        MimeBundle bundle = Render(Chart(9));

        Assert.Equal(9, Regex.Count(bundle.Data[MimeBundle.Html], "<figure>"));
        Assert.Equal(9, Regex.Count(bundle.Data[MimeBundle.Html], "<img "));
        Assert.Equal(27, Regex.Count(bundle.Data[MimeBundle.Html], "class=\"track\""));
        Assert.Equal(9, Elements(bundle, "image"));
        Assert.Contains("true: cat", bundle.Data[MimeBundle.Html], StringComparison.Ordinal);
        Assert.DoesNotContain("left out", bundle.Data[MimeBundle.Html], StringComparison.Ordinal);
        Assert.DoesNotContain("http", Regex.Replace(bundle.Data[MimeBundle.Html], "base64,[^\"]+", ""), StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_48_images_come_in_pages_and_each_says_how_many_are_left_out()
    {
        PredictionChart chart = Chart(60);
        string first = Render(chart).Data[MimeBundle.Html],
            second = Render(chart, new RenderOptions { Page = 2 }).Data[MimeBundle.Html];

        Assert.Equal((48, 12), (Regex.Count(first, "<figure>"), Regex.Count(second, "<figure>")));
        Assert.Contains("Images 1 to 48 of 60: 12 are left out", first, StringComparison.Ordinal);
        Assert.Contains("Images 49 to 60 of 60: 48 are left out", second, StringComparison.Ordinal);
        Assert.Equal("Images 1 to 48 of 60: 12 are left out", chart.ToChart().Title);
        Assert.Equal(48, chart.ToChart().Panels.Count);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void The_true_class_is_green_and_a_wrong_answer_red(bool right, bool dark)
    {
        string truth = right ? "cat" : "dog";
        MimeBundle bundle = Render(
            new PredictionChart([
                new Prediction("a", 1, "cat", 0.6, truth, right),
                new Prediction("a", 2, "dog", 0.3, truth, !right),
                new Prediction("a", 3, "ship", 0.1, truth, false),
            ]),
            new RenderOptions { Dark = dark }
        );
        using SKBitmap bitmap = Samples.Decode(bundle);

        Assert.Equal(right ? 0 : 1, Bars(bitmap, Red).Length);
        Assert.Equal(right ? [0.6] : [0.3], Bars(bitmap, Green));
        Assert.Equal(right ? [0.3, 0.1] : [0.1], Bars(bitmap, Blue));
        Assert.Equal(dark ? SKColor.Parse("151b23") : SKColors.White, bitmap.GetPixel(1, 1));
        Assert.Equal(right ? 0 : 1, Regex.Count(bundle.Data[MimeBundle.Html], "background:#d55e00"));
        Assert.Equal(1, Regex.Count(bundle.Data[MimeBundle.Html], "background:#009e73"));
    }

    [Fact]
    public void Pictures_are_in_color_and_signals_are_lines()
    {
        ImageSample signal = new("Data", "Test", 0, 0, "c0", 1, 64, 1, [.. Enumerable.Range(0, 64).Select(i => (byte)(4 * i))])
        {
            Dimensions = 1,
        };
        MimeBundle color = Render(new PredictionChart([Of("a", 1, Samples.Image(0))])),
            line = Render(new PredictionChart([Of("a", 1, signal)]));
        using SKBitmap pixels = Samples.Decode(color);

        Assert.All(new[] { SKColors.Red, SKColors.Blue, new SKColor(0, 255, 0) }, one => Assert.Contains(one, pixels.Pixels));
        Assert.Equal((1, 0), (Elements(color, "image"), Elements(color, "path")));
        Assert.Equal((0, 1), (Elements(line, "image"), Elements(line, "path")));
        Assert.Contains("src=\"data:image/svg+xml;base64,", line.Data[MimeBundle.Html], StringComparison.Ordinal);
    }

    [Fact]
    public void Long_names_are_cut_with_an_ellipsis_and_the_page_has_all_of_them()
    {
        string name = new('n', 300),
            folder = $"/photos/{name}.png";
        var chart = new PredictionChart([
            .. Enumerable.Range(1, 3).Select(rank => new Prediction(folder, rank, $"{rank}{name}", 0.5 / rank, name, rank == 2)),
        ]);
        MimeBundle bundle = Render(chart);
        string[] texts = [.. XDocument.Parse(bundle.Data[MimeBundle.Svg]).Descendants().Where(IsText).Select(text => text.Value.Trim())];

        Assert.Equal(5, texts.Count(text => text.Contains('…', StringComparison.Ordinal)));
        Assert.DoesNotContain(texts, text => text.Length > 80);
        Assert.Contains($"title=\"{name}.png\"", bundle.Data[MimeBundle.Html], StringComparison.Ordinal);
        Assert.DoesNotContain("/photos", bundle.Data[MimeBundle.Html], StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_text_and_not_tags()
    {
        const string evil = "<img src=x onerror=alert(1)>\"'&";
        MimeBundle bundle = Render(new PredictionChart([new Prediction(evil, 1, evil, 0.9, evil, true) { Sample = Samples.Image(0) }]));

        Assert.Single(Regex.Matches(bundle.Data[MimeBundle.Html], "<img")); // the image itself
        Assert.DoesNotContain("\"'", bundle.Data[MimeBundle.Html], StringComparison.Ordinal);
        Assert.NotNull(XDocument.Parse(bundle.Data[MimeBundle.Svg]).Root);
    }

    [Fact]
    public void Many_classes_are_counted_and_the_true_one_is_always_there()
    {
        var chart = new PredictionChart([
            .. Enumerable.Range(1, 100).Select(rank => new Prediction("a", rank, $"c{rank}", 0.01, "c90", rank == 90)),
        ]);
        string html = Render(chart).Data[MimeBundle.Html];

        Assert.Equal(21, Regex.Count(html, "class=\"track\""));
        Assert.Contains("title=\"c90\"", html, StringComparison.Ordinal);
        Assert.Contains("and 79 less probable classes", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_probability_that_is_no_number_has_no_bar_and_a_word()
    {
        MimeBundle bundle = Render(new PredictionChart([new Prediction("a", 1, "cat", double.NaN, null, null)]));
        using SKBitmap bitmap = Samples.Decode(bundle);

        Assert.Contains("not a number", bundle.Data[MimeBundle.Html], StringComparison.Ordinal);
        Assert.Empty(Bars(bitmap, Blue));
    }

    [Theory]
    [InlineData(300, 1)]
    [InlineData(700, 2)]
    [InlineData(1400, 5)]
    public void A_width_that_is_asked_for_is_kept(int width, int columns)
    {
        using SKBitmap bitmap = Samples.Decode(Render(Chart(9), new RenderOptions { Width = width }));
        Assert.Equal(width, bitmap.Width);
        Assert.Equal((9 + columns - 1) / columns, Math.Round(bitmap.Height / 112.0));
    }

    [Fact]
    public void The_same_name_twice_is_two_images()
    {
        var twice = new PredictionChart([Of("a", 1), Of("a", 2), Of("a", 1), Of("a", 2)]);
        Assert.Equal([2, 2], twice.ByImage().Select(image => image.Count));
        Assert.Equal(2, Regex.Count(Render(twice).Data[MimeBundle.Html], "<figure>"));
    }

    private static bool IsText(XElement element) => element.Name.LocalName == "text";

    private static int Elements(MimeBundle bundle, string name) =>
        XDocument.Parse(bundle.Data[MimeBundle.Svg]).Descendants().Count(element => element.Name.LocalName == name);

    private static Prediction Of(string source, int rank, ImageSample? sample = null) =>
        new(source, rank, rank == 1 ? "cat" : $"c{rank}", 0.6 / rank, "cat", rank == 1) { Sample = sample };

    private static PredictionChart Chart(int images) =>
        new([
            .. Enumerable.Range(0, images).SelectMany(i => Enumerable.Range(1, 3).Select(rank => Of($"Test[{i}]", rank, Samples.Image(i)))),
        ]);

    private static MimeBundle Render(PredictionChart chart, RenderOptions? options = null) =>
        Renderers.Create().Render(chart, (options ?? RenderOptions.Default) with { AllForms = true });

    /// <summary>Returns the lengths of the bars of a color, from the top, as fractions of their track, to one digit.</summary>
    private static double[] Bars(SKBitmap bitmap, SKColor color)
    {
        SKColor[] Row(int y) => [.. Enumerable.Range(0, bitmap.Width).Select(x => bitmap.GetPixel(x, y))];
        SKColor background = bitmap.GetPixel(1, 1);
        double[] lengths =
        [
            .. Enumerable
                .Range(0, bitmap.Height)
                .Select(y =>
                {
                    SKColor[] row = Row(y);
                    int filled = row.Count(pixel => pixel == color),
                        track = row.Where(pixel => pixel != color && pixel != background)
                            .GroupBy(pixel => pixel)
                            .Select(same => same.Count())
                            .DefaultIfEmpty(0)
                            .Max();
                    return filled > 2 ? Math.Round(filled / (double)(filled + track), 1) : 0;
                }),
        ];
        return [.. lengths.Where((length, y) => length > 0 && lengths[y - 1] == 0)];
    }
}
