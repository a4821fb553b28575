using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace ConvNetShell.Module.Tests.Support;

/// <summary>A page in a headless Chromium, steered by its DevTools protocol.</summary>
internal sealed class BrowserPage : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly ClientWebSocket socket = new();
    private int calls;

    private BrowserPage(Process process) => this.process = process;

    /// <summary>Returns the path of Chromium; <see langword="null"/> where there is none.</summary>
    public static string? Program =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Opens an address.</summary>
    public static async Task<BrowserPage> Open(string program, string url, string profile)
    {
        string[] options =
        [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--window-size=1200,1600",
            "--remote-debugging-port=0",
            $"--user-data-dir={profile}",
            url,
        ];
        var page = new BrowserPage(
            Process.Start(new ProcessStartInfo(program, options) { RedirectStandardOutput = true, RedirectStandardError = true })!
        );
        page.process.BeginOutputReadLine();
        page.process.BeginErrorReadLine();
        string file = Path.Combine(profile, "DevToolsActivePort");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(file) && File.ReadAllLines(file).Length > 1, Patience), "Chromium did not start.");
        using var client = new HttpClient();
        JsonElement[] targets = (
            await client.GetFromJsonAsync<JsonElement[]>(
                $"http://127.0.0.1:{File.ReadAllLines(file)[0]}/json/list",
                TestContext.Current.CancellationToken
            )
        )!;
        JsonElement target = targets.First(item => item.GetProperty("type").GetString() == "page");
        await page.socket.ConnectAsync(
            new Uri(target.GetProperty("webSocketDebuggerUrl").GetString()!),
            TestContext.Current.CancellationToken
        );
        return page;
    }

    /// <summary>Computes an expression of JavaScript and returns it as text.</summary>
    public async Task<string> Get(string expression)
    {
        int id = ++calls;
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                id,
                method = "Runtime.evaluate",
                @params = new { expression = $"String({expression})", returnByValue = true },
            }
        );
        await socket.SendAsync(message, WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        while (true)
        {
            JsonElement answer = await Receive();
            if (answer.TryGetProperty("id", out JsonElement found) && found.GetInt32() == id)
            {
                JsonElement result = answer.GetProperty("result");
                Assert.False(result.TryGetProperty("exceptionDetails", out JsonElement error), $"{expression}: {error}");
                return result.GetProperty("result").GetProperty("value").GetString()!;
            }
        }
    }

    /// <summary>Waits until an expression of JavaScript is true.</summary>
    public async Task Until(string expression)
    {
        var clock = Stopwatch.StartNew();
        while (await Get(expression) != "true")
        {
            if (clock.Elapsed > Patience)
            {
                Assert.Fail($"{expression} did not come true. The page: {await Get("document.body?.innerText")}");
            }
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private async Task<JsonElement> Receive()
    {
        using var text = new MemoryStream();
        byte[] buffer = new byte[16_384];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            text.Write(buffer, 0, part.Count);
        } while (!part.EndOfMessage);
        return JsonSerializer.Deserialize<JsonElement>(text.ToArray());
    }
}
