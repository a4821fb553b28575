using System.Net;
using System.Net.Sockets;
using ConvNetShell.Kernel.Wire.Zmtp;

namespace ConvNetShell.Kernel.Tests.Wire.Zmtp;

/// <summary>A peer that writes any bytes.</summary>
internal sealed class RawPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Socket socket;

    public RawPeer(int port)
    {
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            SendTimeout = (int)Patience.TotalMilliseconds,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
        };
        socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>A peer that has introduced itself.</summary>
    public static RawPeer Introduced(int port, string type = "DEALER", byte[]? identity = null)
    {
        var peer = new RawPeer(port);
        peer.Write(ZmtpBytes.Greeting());
        peer.Write(ZmtpBytes.Ready(type, identity ?? []));
        return peer;
    }

    /// <summary>Sends bytes; false when the other side has hung up.</summary>
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[socket.Send(bytes)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The head of a frame.</summary>
    public static byte[] Head(byte flags, ulong length)
    {
        byte[] head = new byte[9];
        head[0] = (byte)(flags | ZmtpBytes.Long);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(1), length);
        return head;
    }

    /// <summary>Reads until the other side hangs up; fails where it does not.</summary>
    public void AssertClosed()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (socket.Receive(buffer) > 0) { }
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            // It has hung up without reading the rest.
        }
    }

    public void Dispose() => socket.Dispose();
}
