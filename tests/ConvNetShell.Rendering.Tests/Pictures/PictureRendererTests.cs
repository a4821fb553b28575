using System.Text.Json;
using System.Xml.Linq;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Pictures;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Pictures;

/// <summary>Grids as files.</summary>
public sealed class PictureRendererTests
{
    private static readonly RendererRegistry Registry = Renderers.Create();

    [Fact]
    public void The_pixels_of_a_tile_are_the_numbers()
    {
        float[] values = [0, 1, 0.5f, 0.25f];
        MimeBundle bundle = Registry.Render(new Picture("", 1, 2, 2, values, ColorScale.Viridis));
        using SKBitmap bitmap = Samples.Decode(bundle);
        // One picture of 2x2 is magnified 160 times, from the margin on.
        int left = (int)GridLayout.Margin,
            step = 160;
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(
                ColorMap.Viridis.At(values[i]),
                bitmap.GetPixel(left + (step / 2) + (i % 2 * step), left + (step / 2) + (i / 2 * step))
            );
        }
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(PictureRenderer.MostNumbers / 1000 + 1, false)]
    public void Numbers_are_written_as_JSON_up_to_a_bound(int height, bool isWritten)
    {
        MimeBundle bundle = Registry.Render(
            new Picture("", 1, height, 1000, new float[height * 1000]),
            new RenderOptions { AllForms = true }
        );
        Assert.Equal(isWritten, bundle.Data.ContainsKey(MimeBundle.Json));
    }

    [Theory]
    [InlineData(null, 255)]
    [InlineData(false, 255)]
    [InlineData(true, 21)]
    public void The_page_is_as_dark_as_asked_for(bool? dark, int red)
    {
        using SKBitmap bitmap = Samples.Decode(Registry.Render(Samples.Grid(3), new RenderOptions { Dark = dark }));
        Assert.Equal(red, bitmap.GetPixel(1, 1).Red);
    }

    [Fact]
    public void Letters_are_drawn_on_a_machine_without_fonts_too()
    {
        using SKBitmap with = Samples.Decode(Registry.Render(Samples.Map("WWWWWWWW"))),
            without = Samples.Decode(Registry.Render(Samples.Map(" ")));
        Assert.Equal("DejaVu Sans", Typefaces.Regular.FamilyName);
        Assert.True(Dark(with) > Dark(without) + 200, "the caption leaves ink");

        static int Dark(SKBitmap bitmap) =>
            Enumerable
                .Range(bitmap.Height - 34, 32)
                .Sum(y => Enumerable.Range(0, bitmap.Width).Count(x => bitmap.GetPixel(x, y).Red < 160));
    }

    [Fact]
    public void A_scale_is_a_larger_picture_of_the_same()
    {
        using SKBitmap one = Samples.Decode(Registry.Render(Samples.Grid(4))),
            two = Samples.Decode(Registry.Render(Samples.Grid(4), new RenderOptions { Scale = 2 }));
        Assert.Equal((one.Width * 2, one.Height * 2), (two.Width, two.Height));
    }

    [Fact]
    public void Text_of_users_is_escaped_in_SVG()
    {
        MimeBundle bundle = Registry.Render(
            new PictureGrid("<script>alert('x')</script>", [Samples.Map("a < b & \"c\"\u0001")]),
            new RenderOptions { AllForms = true }
        );
        XDocument svg = XDocument.Parse(bundle.Data[MimeBundle.Svg]); // what is not well formed does not parse
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName == "script");
        Assert.Contains(svg.Descendants(), element => element.Value.Contains("a < b & \"c\"", StringComparison.Ordinal));
        Assert.DoesNotContain(
            "http",
            string.Concat(
                svg.Descendants()
                    .Attributes()
                    .Where(attribute => attribute.Name.LocalName == "href")
                    .Select(attribute => attribute.Value[..4])
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void JSON_has_the_numbers_and_null_for_what_is_none()
    {
        MimeBundle bundle = Registry.Render(
            new Picture("x", 1, 1, 3, [1.5f, float.NaN, -2], ColorScale.Diverging),
            new RenderOptions { AllForms = true }
        );
        JsonElement picture = JsonDocument.Parse(bundle.Data[MimeBundle.Json]).RootElement.GetProperty("pictures")[0];
        Assert.Equal("[1.5,null,-2]", picture.GetProperty("values").GetRawText());
        Assert.Equal(-2, picture.GetProperty("low").GetDouble());
    }

    [Fact]
    public void Large_forms_come_only_when_asked_for() =>
        Assert.Equal([MimeBundle.Png, MimeBundle.PlainText], Registry.Render(Samples.Grid(2)).Data.Keys.Order());

    [Theory]
    [InlineData(1, 64)]
    [InlineData(3, 64)]
    public void A_signal_is_a_curve(int channels, int length)
    {
        using SKBitmap bitmap = Samples.Decode(
            Registry.Render(new Picture("signal", channels, 1, length, Samples.Noise(channels * length)))
        );
        Assert.Contains(bitmap.Pixels, pixel => pixel == Theme.Series[channels - 1]);
    }

    [Fact]
    public void A_note_longer_than_the_page_is_wrapped_and_nothing_is_lost()
    {
        using var lettering = new Lettering(12);
        const string text = "one two three four five six seven eight nine ten eleven twelve";
        List<string> lines = Wrapping.Lines(text, lettering, 100);
        Assert.Equal(text, string.Join(' ', lines));
        Assert.All(lines, line => Assert.True(lettering.Width(line) <= 100));
        Assert.EndsWith("…", Assert.Single(Wrapping.Lines("Donaudampfschifffahrtsgesellschaft", lettering, 60)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_nothing_to_draw_is_left_to_the_views()
    {
        Assert.False(Registry.CanRender(new PictureGrid("empty", [])));
        Assert.False(Registry.CanRender(new ConvolutionResult("Cross-correlation", "5", "2", "", "4", new double[] { 1, 2, 3, 4 }, 0)));
        Assert.True(
            Registry.CanRender(
                new ConvolutionResult(
                    "Cross-correlation",
                    "9x9",
                    "2x2",
                    "",
                    "8x8",
                    Enumerable.Range(0, 8).Select(_ => new double[8]).ToArray(),
                    0
                )
            )
        );
        Assert.False(Registry.CanRender("text"));
    }
}
