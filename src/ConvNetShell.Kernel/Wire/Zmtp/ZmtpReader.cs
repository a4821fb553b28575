using System.Buffers.Binary;
using System.Text;

namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>
/// Reads the bytes of a connection as they come. Memory is taken for bytes that are there, not for those that a length promises.
/// </summary>
internal sealed class ZmtpReader(IZmtpHandler handler, ZmtpLimits limits, HeldBytes held) : IDisposable
{
    private const int FirstBytes = 4096,
        FrameOverhead = 64,
        MostHead = 1 + sizeof(ulong);
    private readonly byte[] head = new byte[ZmtpBytes.GreetingLength];
    private readonly List<byte[]> frames = [];
    private byte[]? body;
    private bool isGreeted;
    private int headLength,
        bodyLength,
        bodyTarget,
        messageBytes,
        taken;

    /// <summary>Reads bytes.</summary>
    /// <exception cref="ZmtpException">They break the protocol or a limit; nothing more can be read.</exception>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[
                (
                    !isGreeted ? ReadGreeting(bytes)
                    : body is null ? ReadHead(bytes)
                    : ReadBody(bytes)
                )..
            ];
        }
    }

    /// <summary>Forgets what is unfinished.</summary>
    public void Dispose() => Forget();

    private int ReadGreeting(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, ZmtpBytes.GreetingLength - headLength);
        bytes[..count].CopyTo(head.AsSpan(headLength));
        headLength += count;
        ZmtpBytes.RequireGreeting(head.AsSpan(0, headLength));
        if (headLength == ZmtpBytes.GreetingLength)
        {
            isGreeted = true;
            headLength = 0;
            handler.Greeted();
        }

        return count;
    }

    private int ReadHead(ReadOnlySpan<byte> bytes)
    {
        head[headLength++] = bytes[0];
        byte flags = head[0];
        if (flags > (ZmtpBytes.More | ZmtpBytes.Long | ZmtpBytes.Command))
        {
            throw new ZmtpException($"expected the flags of a frame, 0 to 7. Received: {flags}.");
        }

        bool isLong = (flags & ZmtpBytes.Long) != 0;
        if (headLength == (isLong ? MostHead : 2))
        {
            Begin(isLong ? BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(1)) : head[1]);
        }

        return 1;
    }

    private void Begin(ulong length)
    {
        if (length > (ulong)(limits.MessageBytes - messageBytes))
        {
            throw new ZmtpException($"expected messages of at most {limits.MessageBytes} bytes. Received: a frame of {length} more.");
        }

        if (frames.Count == limits.MessageFrames)
        {
            throw new ZmtpException($"expected messages of at most {limits.MessageFrames} frames. Received: more.");
        }

        bodyTarget = (int)length;
        bodyLength = 0;
        body = Grow(Math.Min(bodyTarget, FirstBytes));
        Take(FrameOverhead);
        if (bodyTarget == 0)
        {
            End();
        }
    }

    private int ReadBody(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, bodyTarget - bodyLength);
        if (bodyLength + count > body!.Length)
        {
            body = Grow(Math.Min(bodyTarget, Math.Max(bodyLength + count, (int)Math.Min(2L * body.Length, int.MaxValue))));
        }

        bytes[..count].CopyTo(body.AsSpan(bodyLength));
        bodyLength += count;
        if (bodyLength == bodyTarget)
        {
            End();
        }

        return count;
    }

    private byte[] Grow(int length)
    {
        Take(length - (body?.Length ?? 0));
        Array.Resize(ref body, length);
        return body;
    }

    private void Take(int bytes)
    {
        held.Take(bytes);
        taken += bytes;
    }

    private void End()
    {
        byte[] whole = body!;
        byte flags = head[0];
        (body, headLength) = (null, 0);
        if ((flags & ZmtpBytes.Command) != 0)
        {
            if (frames.Count > 0)
            {
                throw new ZmtpException("expected the rest of a message. Received: a command.");
            }

            Forget();
            Obey(whole);
            return;
        }

        messageBytes += whole.Length;
        frames.Add(whole);
        if ((flags & ZmtpBytes.More) == 0)
        {
            List<byte[]> message = [.. frames];
            Forget();
            handler.Message(message);
        }
    }

    private void Obey(ReadOnlySpan<byte> command)
    {
        if (command.IsEmpty || command[0] > command.Length - 1)
        {
            throw new ZmtpException("expected the name of a command. Received: none.");
        }

        handler.Command(Encoding.ASCII.GetString(command.Slice(1, command[0])), command[(1 + command[0])..]);
    }

    private void Forget()
    {
        held.Give(taken);
        (taken, messageBytes, body) = (0, 0, null);
        frames.Clear();
    }
}
