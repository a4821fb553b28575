using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Storage;

namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>Reads a part of a file from its beginning to its end; errors name the byte of the file.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Where the part begins.</param>
/// <param name="end">Where it ends.</param>
internal sealed class PickleInput(TensorFile file, long start, long end)
{
    private const int BufferLength = 1 << 14,
        MostText = 1 << 16;

    private byte[] buffer = [];
    private long bufferStart = start;

    /// <summary>Gets the position in the file of the next byte.</summary>
    public long Position { get; private set; } = start;

    /// <summary>Reads a byte.</summary>
    /// <exception cref="NetworkFileException">The part ends.</exception>
    public byte ReadByte() => Take(1)[0];

    /// <summary>Reads a number of two bytes.</summary>
    public int ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>Reads a number of four bytes.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>Reads a number of eight bytes.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>Reads a number with a point, which pickles have with the highest byte first.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>Reads a whole number of so many bytes, lowest first.</summary>
    /// <param name="length">The bytes, 8 at most for a value; a longer number is skipped.</param>
    /// <returns>The number; <see langword="null"/> where it is longer than 8 bytes.</returns>
    public long? ReadLong(int length)
    {
        ReadOnlySpan<byte> bytes = Take(length);
        if (bytes.Length > sizeof(long))
        {
            return null;
        }
        long value = bytes.Length > 0 && bytes[^1] >= 0x80 ? -1 : 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }
        return value;
    }

    /// <summary>Reads text of a length, 65,536 bytes at most.</summary>
    /// <param name="length">The bytes.</param>
    public string ReadText(long length)
    {
        if (length is < 0 or > MostText)
        {
            throw Error(
                "NetworkFile.TooLarge",
                string.Create(CultureInfo.InvariantCulture, $"expected a text of at most {MostText} bytes. Received: {length}.")
            );
        }
        return Encoding.UTF8.GetString(Take((int)length));
    }

    /// <summary>Reads text to the end of a line.</summary>
    public string ReadLine()
    {
        var text = new StringBuilder();
        for (char next = (char)ReadByte(); next != '\n'; next = (char)ReadByte())
        {
            if (text.Length >= MostText)
            {
                throw Error("NetworkFile.TooLarge", $"expected a line of at most {MostText} bytes. Received: a longer one.");
            }
            text.Append(next);
        }
        return text.ToString();
    }

    /// <summary>Returns the error for the byte that comes next.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="text">What was expected and received.</param>
    public NetworkFileException Error(string id, string text) => new(id, file.Path, text, Position);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > end - Position)
        {
            throw Error(
                "NetworkFile.Truncated",
                string.Create(CultureInfo.InvariantCulture, $"expected {count} more bytes. Received: {end - Position}.")
            );
        }
        int at = (int)(Position - bufferStart);
        if (at + count > buffer.Length)
        {
            buffer = file.Read(Position, (int)Math.Min(Math.Max(BufferLength, count), end - Position));
            (bufferStart, at) = (Position, 0);
        }
        Position += count;
        return buffer.AsSpan(at, count);
    }
}
