using ConvNetShell.Display;
using ConvNetShell.Interactive;
using ConvNetShell.Rendering;
using ConvNetShell.Rendering.Tests;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConvNetShell.Interactive.Tests;

/// <summary>Records through the real formatter of .NET Interactive, against the bundles that the kernel shows.</summary>
public sealed class FormatterExtensionTests
{
    private static readonly RendererRegistry Registry = Renderers.Create();

    public FormatterExtensionTests()
    {
        Formatter.ResetToDefault();
        FormatterExtension.Load();
    }

    [Fact]
    public void A_chart_is_the_html_of_its_bundle_with_the_script_once()
    {
        var chart = new HistoryChart("run", Samples.Epochs(3));

        string first = chart.ToDisplayString("text/html"), second = chart.ToDisplayString("text/html");

        Assert.Equal(["text/html"], Formatter.GetPreferredMimeTypesFor(chart.GetType()));
        Assert.True(first.Length > 1_000_000, "the script is before the first chart");
        Assert.True(second.Length < 100_000, "and not before the second");
        Assert.Equal(WithoutId(Registry.Render(chart).Data["text/html"]), WithoutId(second));
    }

    [Fact]
    public void A_picture_is_base64_text_and_an_image()
    {
        string png = new HistoryChart("run", Samples.Epochs(3)).ToDisplayString("image/png");

        Assert.StartsWith("iVBOR", png, StringComparison.Ordinal);
        Assert.NotEmpty(Convert.FromBase64String(png));
    }

    [Fact]
    public void A_record_without_a_renderer_is_its_text()
    {
        var bundle = new MimeBundle([KeyValuePair.Create("text/plain", "a < b")]);

        Assert.Equal("<pre>a &lt; b</pre>", bundle.ToDisplayString("text/html"));
    }

    // Each chart's element has an id of its own.
    private static string WithoutId(string html) => System.Text.RegularExpressions.Regex.Replace(html, "[0-9a-f]{16,}", "id");
}
