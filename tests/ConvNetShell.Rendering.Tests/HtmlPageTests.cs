using System.Diagnostics;
using System.Text.RegularExpressions;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Rendering.Charts;

namespace ConvNetShell.Rendering.Tests;

/// <summary>Pages stand by themselves.</summary>
[Trait("Speed", "Slow")]
public sealed class HtmlPageTests
{
    private static readonly RendererRegistry Registry = Renderers.Create();

    [Fact]
    public void The_script_is_one_element_and_comes_from_nowhere_else()
    {
        string script = PlotlyScript.Html();
        Assert.StartsWith("<script>", script, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(script, "</script", RegexOptions.IgnoreCase));
        Assert.True(script.Length > 3_000_000);
    }

    [Fact]
    public void A_page_has_the_script_once_and_none_without_charts()
    {
        MimeBundle chart = Registry.Render(new HistoryChart("t", Samples.Epochs(3))),
            picture = Registry.Render(Samples.Grid(2));
        string page = HtmlPage.Write(
            "<x>",
            [KeyValuePair.Create("a & b", chart), KeyValuePair.Create("", chart), KeyValuePair.Create("", picture)]
        );
        Assert.Single(Regex.Matches(page, Regex.Escape("window.ConvNetShellPlotly={")));
        Assert.Contains("<title>&lt;x&gt;</title>", page, StringComparison.Ordinal);
        Assert.Contains("<h2>a &amp; b</h2>", page, StringComparison.Ordinal);
        Assert.Empty(Regex.Matches(page, "<(?:script|img|link)[^>]*(?:src|href)=\"(?!data:)"));
        Assert.True(HtmlPage.Write("t", [KeyValuePair.Create("", picture)]).Length < 100_000);
    }

    [Fact]
    public void A_real_browser_draws_the_charts_without_a_network()
    {
        string? browser = Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, "There is no Chromium on this machine.");
        string folder = Directory.CreateTempSubdirectory("cnsh-page-").FullName;
        try
        {
            string file = Path.Combine(folder, "page.html");
            File.WriteAllText(
                file,
                HtmlPage.Write(
                    "page",
                    [
                        KeyValuePair.Create("", Registry.Render(new HistoryChart("a <b> & c", Samples.Epochs(12), 9))),
                        KeyValuePair.Create("", Registry.Render(Samples.Matrix())),
                    ]
                )
            );
            (string dom, string log) = Browse(browser!, folder, file);

            Assert.Equal(2, Regex.Matches(dom, "class=\"[^\"]*js-plotly-plot").Count);
            Assert.True(Regex.Matches(dom, "class=\"scatterlayer").Count >= 3);
            Assert.Contains("a &lt;b&gt; &amp; c", dom, StringComparison.Ordinal);
            Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
            Assert.DoesNotContain("ERR_", log, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (string Dom, string Log) Browse(string browser, string folder, string file)
    {
        var start = new ProcessStartInfo(browser)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--virtual-time-budget=5000",
                "--enable-logging=stderr",
                "--v=0",
                $"--user-data-dir={Path.Combine(folder, "profile")}",
                "--dump-dom",
                $"file://{file}",
            },
        };
        using Process process = Process.Start(start)!;
        Task<string> log = process.StandardError.ReadToEndAsync();
        string dom = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(60_000))
        {
            process.Kill(entireProcessTree: true);
        }
        return (dom, log.GetAwaiter().GetResult());
    }
}
