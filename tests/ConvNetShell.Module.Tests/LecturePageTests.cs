using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ConvNetShell.Module.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Module.Tests;

/// <summary>The page of Show-Lecture: who may ask for it, what it is sent, and what a browser makes of it.</summary>
public sealed class LecturePageTests(ModuleFixture module) : IDisposable
{
    private const string Start =
        "$lecture = Show-Lecture -Spec 'conv3x3x4 relu pool2 fc3 softmax' -Dataset {0} -BatchSize 6 -AsJob -NoBrowser -Threads 1; "
        + "$lecture.Url";

    private readonly HttpClient client = new();

    public void Dispose()
    {
        module.Run("$lecture | Remove-Job -Force");
        client.Dispose();
    }

    [Fact]
    public async Task A_frame_in_JSON_has_all_that_the_page_draws()
    {
        string url = Begin();

        JsonElement frame = await Frame(url);

        Assert.Equal("conv3x3x4 relu pool2 fc3 softmax", frame.GetProperty("spec").GetString());
        Assert.Contains(frame.GetProperty("state").GetString(), new[] { "running", "starting" });
        Assert.Equal(6, frame.GetProperty("settings").GetProperty("batchSize").GetInt32());
        JsonElement maps = frame.GetProperty("layers")[0].GetProperty("activations");
        Assert.Equal(4 * 8 * 8, Convert.FromBase64String(maps.GetProperty("values").GetString()!).Length);
        JsonElement image = frame.GetProperty("image");
        Assert.Equal(8 * 8 * 3, Convert.FromBase64String(image.GetProperty("pixels").GetString()!).Length);
        Assert.Equal(JsonValueKind.Null, frame.GetProperty("layers")[4].GetProperty("gradients").ValueKind);
        Assert.Equal(3, frame.GetProperty("tests")[0].GetProperty("answers").GetArrayLength());
    }

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere_and_says_so()
    {
        string url = Begin();

        using HttpResponseMessage response = await client.GetAsync(url, TestContext.Current.CancellationToken);
        string page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; connect-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?:src|href)=\"(?!data:)", page);
        Assert.DoesNotContain("innerHTML", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{nonce}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_knows_the_address_is_answered()
    {
        string url = Begin();
        var address = new Uri(url);
        string root = address.GetLeftPart(UriPartial.Authority);

        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/[0-9a-f]{32}/$", url);
        Assert.Equal(HttpStatusCode.NotFound, await Status(root + "/"));
        Assert.Equal(HttpStatusCode.NotFound, await Status($"{root}/{new string('0', 32)}/"));
        Assert.Equal(HttpStatusCode.NotFound, await Status($"{root}/{new string('0', 32)}/frame"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(url + "other"));
        Assert.Equal(HttpStatusCode.OK, await Status(url));
        Assert.Equal(HttpStatusCode.OK, await Status(url + "frame", request => request.Headers.Add("Origin", root)));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(url, request => request.Headers.Add("Origin", "http://example.com")));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(url, request => request.Headers.Add("Origin", "null")));
        Assert.Contains(
            await Status(url, request => request.Headers.Host = $"example.com:{address.Port}"), // DNS rebinding
            new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden }
        );
    }

    [Fact]
    public void It_listens_on_this_machine_alone()
    {
        int port = new Uri(Begin()).Port;
        IPAddress? other = Dns.GetHostAddresses(Dns.GetHostName(), AddressFamily.InterNetwork)
            .FirstOrDefault(ip => !IPAddress.IsLoopback(ip));
        Assert.SkipWhen(other is null, "This machine has no other address.");
        using var socket = new TcpClient();

        Assert.Throws<SocketException>(() => socket.Connect(other!, port));
    }

    [Fact]
    public async Task What_is_asked_for_wrongly_is_refused_and_changes_nothing()
    {
        string url = Begin();

        (HttpStatusCode status, string text) = await Post(url + "restart", """{"spec":"conv3x3x4 bogus"}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Received: 'bogus'", Error(text), StringComparison.Ordinal);
        (status, text) = await Post(url + "settings", """{"learningRate":0.1,"momentum":2,"batchSize":6,"weightDecay":0}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Momentum must be", Error(text), StringComparison.Ordinal);
        foreach (string body in new[] { "{}", "no JSON", """{"learningRate":null,"momentum":0,"batchSize":6,"weightDecay":0}""", "null" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await Post(url + "settings", body)).Status);
        }
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Post(url + "pause", "{}", "text/plain")).Status); // a form of another page
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(url + "restart", new string(' ', 100_000))).Status);
        Assert.Equal(HttpStatusCode.NotFound, await Status(url + "pause")); // GET
        Assert.Equal(0.02, (await Frame(url)).GetProperty("settings").GetProperty("learningRate").GetDouble());
    }

    [Fact]
    public async Task Stop_Job_closes_the_port()
    {
        string url = Begin();

        module.Run("$lecture | Stop-Job");

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(url, TestContext.Current.CancellationToken));
        Assert.Equal("Stopped", module.Get<string>("\"$($lecture.State)\""));
        Assert.Equal("Stopped", module.Get<string>("\"$((Get-TrainingRun -Last).Status)\""));
    }

    [Fact]
    public async Task A_real_browser_shows_it_and_steers_it()
    {
        Assert.SkipWhen(BrowserPage.Program is null, "There is no Chromium on this machine.");
        using var folder = new TempFolder();
        string url = Begin();
        using BrowserPage page = await BrowserPage.Open(BrowserPage.Program!, url, folder["profile"]);

        await page.Until("document.querySelectorAll('.layer').length === 5 && document.querySelectorAll('.test').length === 12");
        await page.Until("frame?.steps > 0 && document.getElementById('loss').textContent.includes('.')");
        Assert.Equal("Network on colors", await page.Get("document.title"));
        Assert.Equal("36", await page.Get("document.querySelectorAll('#tests .answer').length"));
        await page.Until("document.querySelectorAll('#tests .answer.right').length >= 12");
        string drawn = "(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0 && v < 255))";
        Assert.Equal("true", await page.Get($"[...document.querySelectorAll('canvas')].every({drawn})"));

        await page.Get("document.getElementById('pause').click()");
        await page.Until("document.getElementById('state').textContent === 'paused'");
        await page.Get("document.querySelector('[name=learningRate]').value = '0.005'");
        await page.Get("document.getElementById('change').click()");
        await page.Until("frame.settings.learningRate === 0.005");
        await page.Get("document.getElementById('pause').click()");
        await page.Until("document.getElementById('state').textContent === 'running'");

        await page.Get("document.getElementById('spec').value = 'conv3x3x4 <i>bogus'");
        await page.Get("document.getElementById('restart').click()");
        await page.Until("document.getElementById('specerror').textContent.includes(\"Received: '<i>bogus'\")");
        Assert.Equal("1", await page.Get("frame.run"));
        await page.Get("document.getElementById('spec').value = 'conv3x3x2 relu fc3 softmax'");
        await page.Get("document.getElementById('restart').click()");
        await page.Until("frame.run === 2 && document.querySelectorAll('.layer').length === 4");
        Assert.Equal("0", await page.Get("document.querySelectorAll('i:empty ~ i, #specerror i').length"));

        module.Run("$lecture | Stop-Job");
        await page.Until("document.getElementById('state').textContent === 'ended'");
    }

    [Fact]
    public async Task Names_of_classes_are_text_in_the_browser()
    {
        Assert.SkipWhen(BrowserPage.Program is null, "There is no Chromium on this machine.");
        using var folder = new TempFolder();
        string images = folder["<b id=x>data"];
        foreach (string file in Directory.EnumerateFiles(module.Images, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(
                images,
                Path.GetRelativePath(module.Images, file).Replace("red", "<b id=x>red", StringComparison.Ordinal)
            );
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        string url = Begin($"(Import-Dataset -LiteralPath '{images}')");
        using BrowserPage page = await BrowserPage.Open(BrowserPage.Program!, url, folder["profile"]);

        await page.Until("[...document.querySelectorAll('.answer span')].some(name => name.textContent === '<b id=x>red')");
        Assert.Equal("null", await page.Get("document.getElementById('x')"));
        Assert.Equal("Network on <b id=x>data", await page.Get("document.title"));
    }

    private static string Error(string json) => JsonDocument.Parse(json).RootElement.GetProperty("error").GetString()!;

    private string Begin(string dataset = "$images") => module.Get<string>(Start.Replace("{0}", dataset, StringComparison.Ordinal));

    private async Task<JsonElement> Frame(string url)
    {
        for (int i = 0; i < 600; i++)
        {
            JsonElement frame = await client.GetFromJsonAsync<JsonElement>(url + "frame?after=0", TestContext.Current.CancellationToken);
            if (frame.GetProperty("layers").GetArrayLength() > 0)
            {
                return frame;
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException("No frame with layers came within a minute.");
    }

    private async Task<HttpStatusCode> Status(string url, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        change?.Invoke(request);
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private async Task<(HttpStatusCode Status, string Text)> Post(string url, string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using HttpResponseMessage response = await client.PostAsync(url, content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
