using System.Buffers.Binary;
using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Parquet;

/// <summary>Reads a part of a file from its beginning; what lies behind its end is a typed error with the offset in the file.</summary>
/// <param name="bytes">The part.</param>
/// <param name="path">The file, for errors.</param>
/// <param name="start">Where in the file the part begins.</param>
internal sealed class ByteCursor(ReadOnlyMemory<byte> bytes, string path, long start)
{
    private const int LongestVarint = 10;

    /// <summary>Gets the number of bytes that were read.</summary>
    public int Position { get; private set; }

    /// <summary>Gets the number of bytes that are left.</summary>
    public int Left => bytes.Length - Position;

    /// <summary>Reads some bytes.</summary>
    /// <param name="count">How many.</param>
    public ReadOnlyMemory<byte> Take(long count)
    {
        if (count < 0 || count > Left)
        {
            throw Fail($"{Text(count)} bytes", $"{Text(Left)} to the end of this part");
        }
        Position += (int)count;
        return bytes.Slice(Position - (int)count, (int)count);
    }

    /// <summary>Reads one byte.</summary>
    public byte Byte() => Take(1).Span[0];

    /// <summary>Reads a little-endian number of four bytes.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span);

    /// <summary>Reads a number of one to ten bytes, seven bits each, the lowest first.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; i < LongestVarint; i++)
        {
            byte part = Byte();
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                return value;
            }
        }
        throw Fail("a number of at most 10 bytes", "a longer one");
    }

    /// <summary>Makes the error for what the part has here.</summary>
    /// <param name="expected">What was expected.</param>
    /// <param name="received">What is there.</param>
    public DataFormatException Fail(string expected, string received) =>
        new("Data.BrokenParquet", path, $"expected {expected} at byte {Text(start + Position)}. Received: {received}.");

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
