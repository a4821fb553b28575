using System.Text;

namespace ConvNetShell.Core.Data.Streams;

/// <summary>
/// Lets a tar archive through and stops at a header that declares more than an archive of data files has: extended attributes and long
/// names are read into memory whole, so their declared size must be small before a reader believes it.
/// </summary>
/// <param name="archive">The unpacked archive.</param>
internal sealed class TarHeaderCheck(Stream archive) : Stream
{
    private const int Block = 512,
        SizeAt = 124,
        SizeLength = 12,
        TypeAt = 156,
        LargestAttributes = 1 << 16;
    private readonly byte[] header = new byte[Block];
    private int filled;
    private long content; // bytes of the present entry that are still to come, up to a whole block

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        int read = archive.Read(buffer);
        Follow(buffer[..read]);
        return read;
    }

    /// <inheritdoc />
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Follow(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int skipped = (int)Math.Min(content, bytes.Length);
            content -= skipped;
            bytes = bytes[skipped..];
            int taken = Math.Min(Block - filled, bytes.Length);
            bytes[..taken].CopyTo(header.AsSpan(filled));
            bytes = bytes[taken..];
            filled += taken;
            if (filled == Block)
            {
                filled = 0;
                long size = Size();
                if (size > LargestAttributes && header[TypeAt] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K')
                {
                    throw new InvalidDataException($"a header declares {size} bytes of attributes; {LargestAttributes} are the most here");
                }
                content = (size + Block - 1) / Block * Block;
            }
        }
    }

    /// <summary>Returns the declared size; 0 where it cannot be read, which the reader then reports.</summary>
    private long Size()
    {
        string digits = Encoding.ASCII.GetString(header, SizeAt, SizeLength).Trim('\0', ' ');
        bool isBinary = (header[SizeAt] & 0x80) != 0;
        long size = 0;
        if (isBinary)
        {
            foreach (byte part in header.AsSpan(SizeAt + 4, SizeLength - 4))
            {
                size = (size << 8) | part;
            }
            return Math.Clamp(size, 0, long.MaxValue - Block);
        }
        foreach (char digit in digits)
        {
            if (digit is < '0' or > '7')
            {
                return 0;
            }
            size = (size << 3) | (uint)(digit - '0');
        }
        return size;
    }
}
