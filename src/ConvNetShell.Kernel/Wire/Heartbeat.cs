using NetMQ;
using NetMQ.Sockets;

namespace ConvNetShell.Kernel.Wire;

/// <summary>Sends back what comes in, on a thread of its own: a front end sees that the kernel lives, whatever it is busy with.</summary>
internal sealed class Heartbeat : IDisposable
{
    private readonly NetMQPoller _poller = [];
    private readonly RouterSocket _socket = new();

    public Heartbeat(string address)
    {
        _socket.Options.Linger = TimeSpan.Zero;
        _socket.Options.IPv4Only = !address.Contains('[');
        _socket.Bind(address);
        _socket.ReceiveReady += (_, _) => Echo();
        _poller.Add(_socket);
        _poller.RunAsync("ConvNetShell heartbeat", isBackgroundThread: true);
    }

    /// <summary>Ends the thread before the socket goes.</summary>
    public void Dispose()
    {
        _poller.Stop();
        _poller.Dispose();
        _socket.Dispose();
    }

    private void Echo()
    {
        try
        {
            NetMQMessage? message = null;
            if (_socket.TryReceiveMultipartMessage(ref message))
            {
                _socket.TrySendMultipartMessage(message);
            }
        }
        catch (NetMQException)
        {
            // The other side has gone; the next beat has an address of its own.
        }
    }
}
