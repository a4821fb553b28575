using System.Globalization;
using ConvNetShell.Module.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Module.Tests;

/// <summary>The page of Trace-Activation in a real browser: one number's way back to the image.</summary>
public sealed class ActivationPageTests(ModuleFixture module)
{
    private const string Picture = "Select-Sample $images -Index 1",
        Signal = "Select-Sample (Import-Dataset Signals | Split-Dataset -PerClass 1)";

    private const string Text = "document.querySelector('{0}').textContent",
        Number = "document.querySelector('{0}').dataset.number",
        Products = "[...document.querySelectorAll('table.products td')].reduce((sum, td) => sum + +td.dataset.number, 0)";

    [Fact]
    public async Task A_click_on_a_pixel_shows_products_that_add_up_to_what_Get_FeatureMap_gives()
    {
        using var folder = new TempFolder();
        using BrowserPage page = await Open(
            folder,
            "New-Network -Spec 'conv5x5x6 relu pool2 conv3x3x3 relu fc3 softmax' -InputShape 3,8,8",
            "conv2"
        );

        // the middle of the map's second pixel of its third row
        await page.Get("Click('.whole', 1.5 / 4, 2.5 / 4)");
        string[] at = (await page.Get("document.querySelector('.trail .here').textContent")).Split('[', ']')[1].Split(',');
        Assert.Equal(["2", "1"], at[1..]);
        double expected = module.Get<double>(
            $"[double](Get-FeatureMap $net conv2 -Image $image -Channel {at[0]} | ForEach-Object {{ $_.Values[2 * $_.Width + 1] }})"
        );
        Assert.Equal(6, await Count(page, "table.products", all: true));
        Assert.Equal(54, await Count(page, "table.products td"));
        double bias = await Value(page, ".bias"),
            sum = await Value(page, ".sum");
        Assert.Equal(sum, double.Parse(await page.Get(Products), CultureInfo.InvariantCulture), 1e-9);
        Assert.Equal(expected, sum + bias, 1e-4);
        Assert.Equal(expected, await Value(page, ".computed"), 1e-4);
        Assert.Equal(expected, await Value(page, ".value"), 1e-6);
        Assert.Equal(Math.Max(0, expected), await Value(page, ".activation"), 1e-6);
    }

    [Fact]
    public async Task A_click_on_a_value_goes_on_into_the_layer_before_and_ends_at_a_byte()
    {
        using var folder = new TempFolder();
        using BrowserPage page = await Open(
            folder,
            "New-Network -Spec 'conv5x5x6 relu pool2 conv3x3x3 relu fc3 softmax' -InputShape 3,8,8",
            "conv2"
        );
        string[] way = ["conv2", "pool1", "relu1", "conv1", "image"];
        for (int i = 0; i < way.Length; i++)
        {
            Assert.StartsWith($"{way[i]}[", await page.Get("document.querySelector('.trail .here').textContent"), StringComparison.Ordinal);
            Assert.Equal(i + 1, await Count(page, ".trail button"));
            if (i < way.Length - 1)
            {
                const string clicked = "document.querySelector('.patch td[role=button], .taps td[role=button]')";
                double value = double.Parse(await page.Get(clicked + ".dataset.number"), CultureInfo.InvariantCulture);
                await page.Get(clicked + ".click()");
                Assert.Equal(value, await Value(page, ".value"));
            }
        }
        Assert.Matches(@"\([0-9]+ / 255 − ", await page.Get(string.Format(CultureInfo.InvariantCulture, Text, ".result")));
        Assert.Contains("the way ends here", await page.Get("document.body.innerText"), StringComparison.Ordinal);
        await page.Get("document.querySelector('.trail button').click()");
        Assert.Equal(1, await Count(page, ".trail button"));
    }

    [Theory]
    [InlineData("conv3x3x4 bn relu pool2 conv3x3x6s2g2 tanh avgpool2 flatten drop0.5 fc5 softmax", Picture, "softmax1")]
    [InlineData("mapconv3x3:012/12 scaledtanh subsample2 sigmoid conv3x3x4 gelu fc4 rbf3", Picture, "rbf1")]
    [InlineData("conv3x3x4 res(conv3x3x4 bn relu conv3x3x4) concat(conv1x1x2 | pool3s1psame) adaptiveavg3 globalmax fc3", Picture, "fc1")]
    [InlineData("conv1d3x4 leakyrelu pool2 conv1d5x4p0s2 globalavg fc3", Signal, "fc1")]
    public async Task Every_unit_of_every_layer_adds_up(string spec, string image, string layer)
    {
        using var folder = new TempFolder();
        string input = image == Signal ? "1,64" : "3,8,8";
        using BrowserPage page = await Open(folder, $"New-Network -Spec '{spec}' -InputShape {input}", layer, image);
        string wrong = await page.Get(
            """
            (() => {
              const wrong = [];
              let compared = 0;
              const layers = document.querySelectorAll('.layers button').length;
              for (let i = 0; i < layers; i++) for (const [x, y] of [[.01, .01], [.99, .99], [.4, .6], [.01, .99], [.6, .3]]) {
                document.querySelectorAll('.layers button')[i].click();
                Click('.whole', x, y);
                const name = document.querySelector('.trail .here').textContent;
                const computed = document.querySelector('.computed'), value = +document.querySelector('.value').dataset.number;
                if (computed) compared++;
                if (computed && Math.abs(+computed.dataset.number - value) > 1e-4 * Math.max(1, Math.abs(value))) {
                  wrong.push(name + ' computed ' + computed.dataset.number);
                }
                if (document.body.innerText.includes('does not follow')) wrong.push(name + ' is not followed');
              }
              return compared < 2 * layers ? 'only ' + compared + ' compared' : wrong.join('; ');
            })()
            """
        );
        Assert.Equal(string.Empty, wrong);
    }

    [Fact]
    public async Task Names_of_networks_are_text()
    {
        using var folder = new TempFolder();
        using BrowserPage page = await Open(folder, "New-Network -Spec 'conv3x3x2 fc3' -InputShape 3,8,8 -Name '<b id=x>net'", "conv1");
        Assert.Equal("null", await page.Get("document.getElementById('x')"));
        Assert.Contains("<b id=x>net", await page.Get("document.querySelector('h3').textContent"), StringComparison.Ordinal);
        Assert.Equal("0", await page.Get("performance.getEntriesByType('resource').length"));
    }

    private async Task<BrowserPage> Open(TempFolder folder, string network, string layer, string image = Picture)
    {
        Assert.SkipWhen(BrowserPage.Program is null, "There is no Chromium on this machine.");
        string file = folder["way.html"];
        module.Run(
            $$"""
            $net = {{network}} -Seed 3
            $image = {{image}}
            $image | Trace-Activation $net {{layer}} | Export-Figure '{{file}}'
            """
        );
        BrowserPage page = await BrowserPage.Open(BrowserPage.Program!, new Uri(file).AbsoluteUri, folder["profile"]);
        await page.Until("document.querySelector('.trail .here') !== null");
        await page.Get(
            "window.Click = (query, x, y) => { const c = document.querySelector(query), r = c.getBoundingClientRect(); c.dispatchEvent(new "
                + "MouseEvent('click', { clientX: r.left + x * r.width, clientY: r.top + y * r.height, bubbles: true })) }"
        );
        return page;
    }

    private static async Task<double> Value(BrowserPage page, string query) =>
        double.Parse(await page.Get(string.Format(CultureInfo.InvariantCulture, Number, query)), CultureInfo.InvariantCulture);

    private static async Task<int> Count(BrowserPage page, string query, bool all = false)
    {
        if (all)
        {
            await page.Get("document.querySelector('button.more').click()");
        }
        return int.Parse(await page.Get($"document.querySelectorAll('{query}').length"), CultureInfo.InvariantCulture);
    }
}
