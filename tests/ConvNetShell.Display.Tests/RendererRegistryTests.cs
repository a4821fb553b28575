using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Tests;

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
    public void A_bundle_always_has_plain_text()
    {
        Assert.Contains(
            "Received: image/png",
            Assert.Throws<ArgumentException>(() => new MimeBundle([KeyValuePair.Create(MimeBundle.Png, "")])).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("words", new MimeBundle([KeyValuePair.Create(MimeBundle.PlainText, "words")]).ToString());
    }

    private sealed class Words<T>(string words) : IRenderer<T>
        where T : notnull
    {
        public bool Draws { get; init; } = true;

        public bool CanRender(T value) => Draws;

        public MimeBundle Render(T value, RenderOptions options) => new([KeyValuePair.Create(MimeBundle.PlainText, words)]);
    }
}
