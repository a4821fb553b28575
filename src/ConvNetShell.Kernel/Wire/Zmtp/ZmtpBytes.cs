using System.Buffers.Binary;
using System.Text;

namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>Writes the greeting, commands and messages of ZMTP 3.0 (https://rfc.zeromq.org/spec/23/).</summary>
internal static class ZmtpBytes
{
    /// <summary>The length of a greeting.</summary>
    public const int GreetingLength = 64;

    /// <summary>Set in a frame that another one of the same message follows.</summary>
    public const byte More = 1;

    /// <summary>Set in a frame whose length takes eight bytes.</summary>
    public const byte Long = 2;

    /// <summary>Set in a frame that is a command.</summary>
    public const byte Command = 4;

    private const int VersionAt = 10,
        MechanismAt = 12,
        MechanismLength = 20,
        MostShort = 255;

    private static ReadOnlySpan<byte> Mechanism => "NULL"u8;

    /// <summary>The greeting: version 3.0 without security of its own; messages carry signatures.</summary>
    public static byte[] Greeting()
    {
        byte[] greeting = new byte[GreetingLength];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        greeting[VersionAt] = 3;
        Mechanism.CopyTo(greeting.AsSpan(MechanismAt));
        return greeting;
    }

    /// <summary>Passes where bytes begin a greeting that can be answered.</summary>
    /// <param name="bytes">The greeting, or its beginning.</param>
    /// <exception cref="ZmtpException">They do not.</exception>
    public static void RequireGreeting(ReadOnlySpan<byte> bytes)
    {
        bool isZmtp = bytes.Length < 1 || (bytes[0] == 0xFF && (bytes.Length < VersionAt || bytes[VersionAt - 1] == 0x7F));
        if (!isZmtp)
        {
            throw new ZmtpException("expected a connection of ZeroMQ. Received: other bytes.");
        }

        if (bytes.Length > VersionAt && bytes[VersionAt] < 3)
        {
            throw new ZmtpException($"expected version 3 of ZeroMQ's protocol or later. Received: version {bytes[VersionAt]}.");
        }

        if (bytes.Length >= MechanismAt + MechanismLength)
        {
            ReadOnlySpan<byte> mechanism = bytes.Slice(MechanismAt, MechanismLength).TrimEnd((byte)0);
            if (!mechanism.SequenceEqual(Mechanism))
            {
                throw new ZmtpException($"expected the mechanism NULL. Received: {Encoding.Latin1.GetString(mechanism)}.");
            }
        }
    }

    /// <summary>A command.</summary>
    public static byte[] CommandFrame(string name, ReadOnlySpan<byte> body)
    {
        byte[] content = [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. body];
        byte[] bytes = new byte[FrameLength(content)];
        Write(bytes, Command, content);
        return bytes;
    }

    /// <summary>The command that tells the kind of a socket.</summary>
    public static byte[] Ready(string socketType, ReadOnlySpan<byte> identity) =>
        CommandFrame("READY", [.. Property("Socket-Type", Encoding.ASCII.GetBytes(socketType)), .. Property("Identity", identity)]);

    /// <summary>A message.</summary>
    public static byte[] Message(IReadOnlyList<byte[]> frames)
    {
        byte[] bytes = new byte[frames.Sum(frame => FrameLength(frame))];
        int at = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            at += Write(bytes.AsSpan(at), i < frames.Count - 1 ? More : (byte)0, frames[i]);
        }

        return bytes;
    }

    private static byte[] Property(string name, ReadOnlySpan<byte> value)
    {
        byte[] length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)value.Length);
        return [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. length, .. value];
    }

    private static int FrameLength(ReadOnlySpan<byte> body) => body.Length + (body.Length > MostShort ? 1 + sizeof(ulong) : 2);

    private static int Write(Span<byte> to, byte flags, ReadOnlySpan<byte> body)
    {
        bool isLong = body.Length > MostShort;
        to[0] = (byte)(flags | (isLong ? Long : 0));
        if (isLong)
        {
            BinaryPrimitives.WriteUInt64BigEndian(to[1..], (ulong)body.Length);
        }
        else
        {
            to[1] = (byte)body.Length;
        }

        int head = isLong ? 1 + sizeof(ulong) : 2;
        body.CopyTo(to[head..]);
        return head + body.Length;
    }
}
