using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConvNetShell.Core.Tests.Data;

/// <summary>A web server of one page on this machine, which can be told to fail as real ones do.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly byte[] content;

    public LoopbackServer(byte[] content)
    {
        this.content = content;
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Gets the status to answer with; 200 becomes 206 for a range.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Gets the count of bytes after which the first connection breaks off.</summary>
    public int BreakAfter { get; init; } = int.MaxValue;

    /// <summary>Gets a value indicating whether the server takes connections and never says a word.</summary>
    public bool Silent { get; init; }

    /// <summary>Gets the address to redirect to, or nothing.</summary>
    public string? Redirect { get; init; }

    /// <summary>Gets a value indicating whether the server sends ten bytes at a time, 20 ms apart.</summary>
    public bool Drips { get; init; }

    /// <summary>Gets the first byte each request asked for.</summary>
    public List<int> Starts { get; } = [];

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/file");

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var buffer = new byte[4096];
        string request = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
        if (Silent)
        {
            await Task.Delay(2000);
            return;
        }
        const string mark = "Range: bytes=";
        int at = request.IndexOf(mark, StringComparison.Ordinal);
        int start = at < 0 ? 0 : int.Parse(request[(at + mark.Length)..request.IndexOf('-', at)], CultureInfo.InvariantCulture);
        Starts.Add(start);
        if (Redirect is not null)
        {
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {Redirect}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            );
            return;
        }
        string range = at < 0 || Status != 200 ? string.Empty : $"Content-Range: bytes {start}-{content.Length - 1}/{content.Length}\r\n";
        byte[] body = Status == 200 ? content[start..] : [];
        int status = range.Length > 0 ? 206 : Status;
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Length: {body.Length}\r\n{range}Connection: close\r\n\r\n")
        );
        const int drop = 10;
        for (int sent = 0; Drips && sent + drop <= body.Length; sent += drop)
        {
            await stream.WriteAsync(body.AsMemory(sent, drop));
            await Task.Delay(20);
        }
        await stream.WriteAsync(body.AsMemory(0, Math.Min(body.Length, Starts.Count == 1 ? BreakAfter : int.MaxValue)));
    }
}
