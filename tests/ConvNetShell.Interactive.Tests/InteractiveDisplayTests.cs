using System.Collections;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConvNetShell.Interactive.Tests;

/// <summary>What the module's live views draw on in .NET Interactive.</summary>
[Collection("one formatter")]
public sealed class InteractiveDisplayTests
{
    private const string Chart = "<script>ConvNetShellPlotly.draw()</script>";
    private readonly InteractiveDisplay display;

    public InteractiveDisplayTests()
    {
        Formatter.ResetToDefault();
        display = FormatterExtension.Load();
    }

    [Fact]
    public void What_was_shown_changes_in_its_place()
    {
        var cell = KernelInvocationContext.Begin("Start-Training -Show");

        string id = display.Show(new Hashtable { ["text/plain"] = "epoch 1", ["image/png"] = new byte[] { 1, 2 } });
        display.Update(id, new Hashtable { ["text/plain"] = "epoch 2", ["image/png"] = "AwQ=" });

        DisplayedValue place = Assert.Single(cell.Shown);
        Assert.Equal(["image/png", "text/plain"], place.MimeTypes.Order());
        Assert.Equal(["AQI=", "AwQ="], place.Values.Select(value => ((MimeBundle)value).Data["image/png"]));
        Assert.Throws<ArgumentException>(() => display.Update("another", new Hashtable()));
    }

    [Fact]
    public void The_charts_script_has_a_place_of_its_own_and_comes_again_with_the_cell_that_has_it()
    {
        int[] shown =
        [
            .. new[] { "first", "second", "first", "second" }.Select(code =>
            {
                var cell = KernelInvocationContext.Begin(code);
                display.Show(new Hashtable { ["text/html"] = Chart });
                display.Show(new Hashtable { ["text/html"] = Chart });
                return cell.Shown.Count;
            }),
        ];

        Assert.Equal([3, 2, 3, 2], shown);
    }

    [Fact]
    public void Any_form_can_be_shown()
    {
        var cell = KernelInvocationContext.Begin("svg");

        display.Show(new Hashtable { ["image/svg+xml"] = "<svg/>" });

        DisplayedValue place = Assert.Single(cell.Shown);
        Assert.Equal("<svg/>", place.Values[0].ToDisplayString(Assert.Single(place.MimeTypes)));
    }
}
