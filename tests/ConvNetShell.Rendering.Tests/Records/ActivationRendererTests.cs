using System.Text.Json;
using System.Text.RegularExpressions;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Traces;
using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Rendering.Tests.Records;

public sealed class ActivationRendererTests
{
    private const string Evil = "</script><img src=x onerror=alert(1)>";

    [Fact]
    public void The_page_has_the_exact_numbers_and_the_unit_to_begin_with()
    {
        string html = Html(Trace(Network()));
        JsonElement data = Data(html);

        Assert.Equal((1, 3), (data.GetProperty("layer").GetInt32(), data.GetProperty("at").GetInt32()));
        JsonElement layer = data.GetProperty("layers")[1];
        Assert.Equal("conv1", layer.GetProperty("name").GetString());
        byte[] bytes = layer.GetProperty("values").GetBytesFromBase64();
        Assert.Equal([0.1f, 0.2f, 0.3f, 1 / 3f], Enumerable.Range(0, 4).Select(i => BitConverter.ToSingle(bytes, 4 * i)));
        Assert.Equal("products", layer.GetProperty("rule").GetProperty("kind").GetString());
        Assert.Equal([0], layer.GetProperty("inputs").EnumerateArray().Select(input => input.GetInt32()));
        Assert.Equal(2, Regex.Count(html, "script>")); // nothing else ends it
        Assert.DoesNotMatch("(?:src|href)=\"(?!data:)", html);
        Assert.DoesNotContain("innerHTML", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_cannot_end_the_script()
    {
        TracedNetwork network = Network() with { Network = Evil, Source = $"/x/{Evil.Replace('/', '|')}" };
        string html = Html(Trace(network) with { Source = Evil });
        Assert.Single(Regex.Matches(html, "</script"));
        Assert.Single(Regex.Matches(html, "<img")); // the picture that stays where no script runs
        Assert.Equal(Evil, Data(html).GetProperty("network").GetString());
        Assert.Equal(Evil.Replace('/', '|'), Data(html).GetProperty("source").GetString());
    }

    [Fact]
    public void A_network_of_too_many_numbers_is_said_and_its_picture_stays()
    {
        string html = Html(Trace(new TracedNetwork("Big", "a.png", [], 12_345_678)));
        Assert.Contains("would hold 12,345,678 numbers, and takes at most 500,000", html, StringComparison.Ordinal);
        Assert.Contains("data:image/png", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Traces_of_one_recursion_are_one_figure_and_others_a_grid()
    {
        TracedNetwork network = Network();
        ActivationTrace trace = Trace(network),
            pixel = trace with { Layer = "image", Kind = "pixel" };
        var way = Assert.IsType<ActivationTrace>(Assert.Single(Figures.Combine([trace, pixel])));
        Assert.Equal([pixel], way.Path);
        Assert.Equal(6, way.ToPictures().Pictures.Count);
        Assert.Contains("<script>", Html(way), StringComparison.Ordinal);
        Assert.IsType<PictureGrid>(Assert.Single(Figures.Combine([trace, Trace(Network())])));
        Assert.IsType<PictureGrid>(Assert.Single(Figures.Combine([trace with { Network = null }, trace with { Network = null }])));
    }

    [Fact]
    public void Without_the_network_or_a_page_there_is_only_the_picture()
    {
        Assert.DoesNotContain(MimeBundle.Html, Renderers.Create().Render(Trace(null)).Data.Keys);
        Assert.DoesNotContain(
            MimeBundle.Html,
            Renderers.Create().Render(Trace(Network()), new RenderOptions { Interactive = false }).Data.Keys
        );
    }

    private static string Html(ActivationTrace trace) => Renderers.Create().Render(trace).Data[MimeBundle.Html];

    private static JsonElement Data(string html) =>
        JsonDocument.Parse(Regex.Match(html, """\n\},(\{"network".*)\)</script>""").Groups[1].Value).RootElement;

    private static TracedNetwork Network() =>
        new(
            "Tiny",
            "a.png",
            [
                new(
                    "image",
                    "pixel",
                    [1, 2, 2],
                    [1, 2, 3, 4],
                    [],
                    new LayerRule(LayerRuleKind.Image, "pixel") { Weights = [1], Biases = [0] }
                ),
                new(
                    "conv1",
                    "conv1x1x1",
                    [1, 2, 2],
                    [0.1f, 0.2f, 0.3f, 1 / 3f],
                    [0],
                    new LayerRule(LayerRuleKind.Products, "sum of products") { Weights = [0.1f] }
                ),
            ],
            9
        );

    private static ActivationTrace Trace(TracedNetwork? network) =>
        new("a.png", "conv1", "conv1x1x1", [0, 1, 1], "sum of products", [new([0, 1, 1], 4, 0.1, 0.4)], 0, 0.4, 0.4)
        {
            Window = [1, 1, 1],
            Lead = 0,
            Network = network,
        };
}
