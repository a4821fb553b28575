using System.Globalization;
using System.Text.RegularExpressions;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Rendering;

namespace ConvNetShell.Interactive.Tests;

/// <summary>
/// Names of classes, files and layers with markup in them, through every renderer: nothing of them becomes an element or a script.
/// </summary>
[Trait("Speed", "Slow")]
public sealed partial class HostileNamesTests : IDisposable
{
    private const string Script = """
        <script>
        const count = selector => document.querySelectorAll(selector).length;
        const named = () => count('img[onerror],a[href^="javascript"]');
        const show = () => document.title += `, elements: ${named()}, charts: ${count('.js-plotly-plot')}`;
        setTimeout(show, 4000);
        </script></body>
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("cnsh-names-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_browser_finds_no_element_and_runs_no_script_in_names()
    {
        Programs.Need("chromium", "chromium");
        RendererRegistry registry = Renderers.Create();
        MimeBundle[] bundles =
        [
            .. RecordSamples
                .All.Values.Where(record => record is not MimeBundle) // HTML that the user wrote
                .Select(record => registry.Render(HostileNames.In(record), new RenderOptions { AllForms = true })),
        ];
        int named = bundles.Count(bundle => bundle.Data.Any(form => form.Value.Contains("onerror", StringComparison.Ordinal)));
        Assert.InRange(named, bundles.Length / 2, bundles.Length);

        string title = Browse(
            HtmlPage.Write(
                "safe",
                [
                    .. bundles.Select(bundle => KeyValuePair.Create(HostileNames.Name, bundle)),
                    .. bundles
                        .Where(bundle => bundle.Data.ContainsKey(MimeBundle.Svg))
                        .Select(bundle =>
                            KeyValuePair.Create("SVG", new MimeBundle([KeyValuePair.Create(MimeBundle.Html, bundle.Data[MimeBundle.Svg])]))
                        ),
                ]
            )
        );

        Match found = Found().Match(title);
        Assert.True(found.Success, title);
        Assert.Equal("0", found.Groups["elements"].Value);
        Assert.InRange(int.Parse(found.Groups["charts"].Value, CultureInfo.InvariantCulture), 5, 100);
    }

    [Fact]
    public void The_browser_does_run_what_a_careless_page_has()
    {
        Programs.Need("chromium", "chromium");

        string title = Browse($"<html><head><title>safe</title></head><body>{HostileNames.Name}</body></html>");

        Assert.StartsWith("owned, elements: ", title, StringComparison.Ordinal);
    }

    private string Browse(string page)
    {
        string file = Path.Combine(folder, "page.html");
        File.WriteAllText(file, page.Replace("</body>", Script, StringComparison.Ordinal));
        (_, string output) = Programs.Run(
            "chromium",
            new Dictionary<string, string>(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--virtual-time-budget=10000",
            $"--user-data-dir={Path.Combine(folder, "profile")}",
            "--dump-dom",
            $"file://{file}"
        );
        return Title().Match(output).Groups[1].Value;
    }

    [GeneratedRegex("<title>(.*?)</title>")]
    private static partial Regex Title();

    [GeneratedRegex("^safe, elements: (?<elements>[0-9]+), charts: (?<charts>[0-9]+)$")]
    private static partial Regex Found();
}
