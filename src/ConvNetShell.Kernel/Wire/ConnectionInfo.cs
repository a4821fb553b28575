using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConvNetShell.Kernel.Wire;

/// <summary>The content of a front end's connection file: the address, the five ports and the key.</summary>
internal sealed record ConnectionInfo
{
    private const int MostPort = 65535;
    private const string Scheme = "hmac-sha256";

    [JsonPropertyName("transport")]
    public string Transport { get; init; } = "tcp";

    [JsonPropertyName("ip")]
    public string Ip { get; init; } = "127.0.0.1";

    [JsonPropertyName("shell_port")]
    public int ShellPort { get; init; }

    [JsonPropertyName("control_port")]
    public int ControlPort { get; init; }

    [JsonPropertyName("iopub_port")]
    public int IopubPort { get; init; }

    [JsonPropertyName("stdin_port")]
    public int StdinPort { get; init; }

    [JsonPropertyName("hb_port")]
    public int HeartbeatPort { get; init; }

    [JsonPropertyName("key")]
    public string Key { get; init; } = string.Empty;

    [JsonPropertyName("signature_scheme")]
    public string SignatureScheme { get; init; } = Scheme;

    [JsonPropertyName("kernel_name")]
    public string? KernelName { get; init; }

    /// <summary>Reads a connection file.</summary>
    /// <exception cref="InvalidDataException">The file is no connection file, or asks for an unsupported transport or
    /// signature.</exception>
    public static ConnectionInfo Read(string path)
    {
        ConnectionInfo info;
        try
        {
            info =
                JsonSerializer.Deserialize<ConnectionInfo>(File.ReadAllBytes(path))
                ?? throw new InvalidDataException($"A connection file holds a JSON object. Received: null in {path}.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"A connection file holds a JSON object with ip, ports and key. Received: {path}: {error.Message}",
                error
            );
        }
        catch (UnauthorizedAccessException error)
        {
            // so a folder too
            throw new IOException($"Expected a connection file that can be read. Received: {path}: {error.Message}", error);
        }

        Expect(info.Transport == "tcp", "transport must be tcp", info.Transport);
        Expect(info.SignatureScheme == Scheme || info.Key.Length == 0, $"signature_scheme must be {Scheme}", info.SignatureScheme);
        bool isLoopback = IPAddress.TryParse(info.Ip, out IPAddress? address) ? IPAddress.IsLoopback(address) : info.Ip == "localhost";
        Expect(
            info.Key.Length > 0 || isLoopback,
            "the key must not be empty where ip is not this machine's own: whoever reaches the ports could run code",
            info.Ip
        );
        foreach (int port in new[] { info.ShellPort, info.ControlPort, info.IopubPort, info.StdinPort, info.HeartbeatPort })
        {
            Expect(port is > 0 and <= MostPort, $"a port must be from 1 to {MostPort}", port);
        }

        return info;

        void Expect(bool met, string rule, object received)
        {
            if (!met)
            {
                throw new InvalidDataException($"In the connection file {path}, {rule}. Received: {received}.");
            }
        }
    }

    /// <summary>The address of a port; where a name has several, that of IPv4, as ZeroMQ's libraries do.</summary>
    /// <exception cref="SocketException">The name of the machine is not known.</exception>
    public IPEndPoint EndPoint(int port)
    {
        IPAddress address =
            Ip is "*" ? IPAddress.Any
            : IPAddress.TryParse(Ip, out IPAddress? number) ? number
            : Dns.GetHostAddresses(Ip).OrderBy(each => each.AddressFamily != AddressFamily.InterNetwork).First();
        return new IPEndPoint(address, port);
    }

    /// <summary>The file's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);
}
