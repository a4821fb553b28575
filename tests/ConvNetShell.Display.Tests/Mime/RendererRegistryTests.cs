using System.Collections;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Tests.Mime;

/// <summary>Which renderer draws what.</summary>
public sealed class RendererRegistryTests
{
    [Fact]
    public void The_nearest_type_wins_and_interfaces_come_last()
    {
        RendererRegistry registry = new RendererRegistry()
            .Add(new Words<IPictureSource>("interface"))
            .Add(new Words<PictureGrid>("grid"))
            .Add(new Words<Exception>("base"));
        Assert.Equal("grid", registry.Render(new PictureGrid("", [])).Text);
        Assert.Equal("interface", registry.Render(new Picture("", 1, 1, 1, [0])).Text);
        Assert.Equal("base", registry.Render(new InvalidOperationException()).Text);
        Assert.False(registry.CanRender(3));
        Assert.Contains(
            "Received: System.Int32",
            Assert.Throws<ArgumentException>(() => registry.Render(3)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_renderer_may_say_there_is_nothing_to_draw() =>
        Assert.False(new RendererRegistry().Add(new Words<string>("never") { Draws = false }).CanRender("text"));

    [Fact]
    public void A_bundle_has_a_form_at_least()
    {
        Assert.Contains("Received: none", Assert.Throws<ArgumentException>(() => new MimeBundle([])).Message, StringComparison.Ordinal);
        Assert.Equal("words", new MimeBundle([KeyValuePair.Create(MimeBundle.PlainText, "words")]).ToString());
        Assert.Equal("", new MimeBundle([KeyValuePair.Create(MimeBundle.Png, "AQI=")]).ToString());
    }

    [Fact]
    public void A_dictionary_of_a_script_becomes_a_bundle_with_bytes_as_base64()
    {
        var table = new Hashtable
        {
            [MimeBundle.Png] = new byte[] { 1, 2 },
            [MimeBundle.PlainText] = 1.5,
            [MimeBundle.Html] = null,
        };

        Assert.Equal(
            "AQI= 1.5 ",
            string.Join(
                ' ',
                new[] { MimeBundle.Png, MimeBundle.PlainText, MimeBundle.Html }.Select(form => MimeBundle.From(table).Data[form])
            )
        );
        Assert.Equal("b", MimeBundle.From(new Dictionary<string, string> { ["a"] = "b" }).Data["a"]);
    }

    [Theory]
    [InlineData(MimeBundle.Html, "<script>ConvNetShellPlotly.draw()</script>", true)]
    [InlineData(MimeBundle.Html, "<b>words</b>", false)]
    [InlineData(MimeBundle.PlainText, "ConvNetShellPlotly", false)]
    public void A_bundle_needs_the_pages_script_where_its_html_calls_it(string form, string text, bool needs) =>
        Assert.Equal(needs, new MimeBundle([KeyValuePair.Create(form, text)]).NeedsPageScript);

    private sealed class Words<T>(string words) : IRenderer<T>
        where T : notnull
    {
        public bool Draws { get; init; } = true;

        public bool CanRender(T value) => Draws;

        public MimeBundle Render(T value, RenderOptions options) => new([KeyValuePair.Create(MimeBundle.PlainText, words)]);
    }
}
