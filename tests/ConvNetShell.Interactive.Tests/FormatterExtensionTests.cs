using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Rendering.Tests;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConvNetShell.Interactive.Tests;

/// <summary>What loading the extension adds to what the records' attribute does.</summary>
[Collection("one formatter")]
public sealed class FormatterExtensionTests
{
    public FormatterExtensionTests()
    {
        Formatter.ResetToDefault();
        FormatterExtension.Load();
    }

    [Fact]
    public void The_script_comes_once_before_the_first_chart()
    {
        var chart = new HistoryChart("run", Samples.Epochs(3));

        string first = chart.ToDisplayString("text/html"),
            second = chart.ToDisplayString("text/html");

        Assert.True(first.Length > 1_000_000, "the script is before the first chart");
        Assert.True(second.Length < 100_000, "and not before the second");
        Assert.EndsWith("</script>", second, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_PowerShell_kernel_knows_what_can_always_be_drawn_and_leaves_rows_to_their_views()
    {
        Type[] known = [.. Formatter.RegisteredFormatters(includeDefaults: false).Select(formatter => formatter.Type).Distinct()];

        Assert.Contains(typeof(FeatureMap), known);
        Assert.Contains(typeof(IFigureSource), known);
        Assert.DoesNotContain(typeof(Prediction), known);
        Assert.DoesNotContain(typeof(EpochRecord), known);
    }

    [Fact]
    public void What_has_nothing_to_draw_is_its_text()
    {
        var result = new PoolingResult("<Max>", "4", "2", "2", "2", new double[] { 1, 2 }, [], 0);

        Assert.Equal("<pre>&lt;Max&gt; of 4 in windows of 2 gives 2</pre>", result.ToDisplayString("text/html"));
        Assert.Equal(result.ToString(), result.ToDisplayString("text/plain"));
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(PoolingResult)));
    }

    [Fact]
    public void A_bundle_of_text_is_its_text()
    {
        var bundle = new MimeBundle([KeyValuePair.Create("text/plain", "a < b")]);

        Assert.Equal("<pre>a &lt; b</pre>", bundle.ToDisplayString("text/html"));
    }
}
