using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Client;

/// <summary>The smallest front end: asks on shell or control and collects what iopub says of it.</summary>
internal sealed class KernelClient : IDisposable
{
    private readonly WireFormat format;
    private readonly Dictionary<Channel, ZmtpClient> sockets;

    public KernelClient(ConnectionInfo connection)
    {
        format = new WireFormat(new MessageSigner(connection.Key), Guid.NewGuid().ToString("N"));
        byte[] identity = Guid.NewGuid().ToByteArray();
        identity[0] = 1; // an identity that begins with 0 is ZeroMQ's own
        sockets = new Dictionary<Channel, ZmtpClient>
        {
            [Channel.Shell] = new(connection.EndPoint(connection.ShellPort), "DEALER", identity),
            [Channel.Control] = new(connection.EndPoint(connection.ControlPort), "DEALER", identity),
            [Channel.Stdin] = new(connection.EndPoint(connection.StdinPort), "DEALER", identity),
            [Channel.Iopub] = new(connection.EndPoint(connection.IopubPort), "SUB", []),
        };
    }

    /// <summary>Sends a request and returns its id.</summary>
    public string Send(Channel channel, string type, JsonObject content, string? subshell = null)
    {
        List<byte[]> frames = format.Write([], type, null, content, subshell: subshell);
        SendFrames(channel, frames);
        return format.Read(channel, frames, out _)!.Id;
    }

    /// <summary>Sends frames as they are.</summary>
    public void SendFrames(Channel channel, IReadOnlyList<byte[]> frames) => sockets[channel].Send(frames);

    /// <summary>Waits for a message; null when none came.</summary>
    public (WireMessage Message, string? Parent)? Receive(Channel channel, TimeSpan patience)
    {
        if (sockets[channel].Receive(patience) is not { } frames)
        {
            return null;
        }

        WireMessage read =
            format.Read(channel, frames, out string reason) ?? throw new InvalidDataException($"The kernel sent a message that {reason}.");
        int header = frames.FindIndex(frame => ReferenceEquals(frame, read.HeaderBytes));
        return (read, JsonNode.Parse(frames[header + 1])?["msg_id"]?.GetValue<string>());
    }

    /// <summary>Sends a request and waits for its reply.</summary>
    /// <exception cref="TimeoutException">No reply came.</exception>
    public WireMessage Ask(Channel channel, string type, JsonObject content, TimeSpan patience)
    {
        string id = Send(channel, type, content);
        long end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (Environment.TickCount64 < end)
        {
            if (Receive(channel, TimeSpan.FromMilliseconds(50)) is { } received && received.Parent == id)
            {
                return received.Message;
            }
        }

        throw new TimeoutException($"The kernel has not answered {type} within {patience.TotalSeconds:F0} s.");
    }

    /// <summary>What iopub says of a request, up to the state idle.</summary>
    public IReadOnlyList<WireMessage> Outputs(string id, TimeSpan patience)
    {
        List<WireMessage> messages = [];
        while (Receive(Channel.Iopub, patience) is var (message, parent))
        {
            if (parent == id)
            {
                messages.Add(message);
                if (message.Type == "status" && message.Text("execution_state") == "idle")
                {
                    return messages;
                }
            }
        }

        throw new TimeoutException(
            $"The kernel has not become idle; it said: {string.Join(", ", messages.Select(message => message.Type))}."
        );
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ZmtpClient socket in sockets.Values)
        {
            socket.Dispose();
        }
    }
}
