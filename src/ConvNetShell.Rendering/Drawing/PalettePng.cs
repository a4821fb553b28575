using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>
/// Writes a PNG whose pixels are indices in a palette of at most 256 colors: a third of the size of one with colors. SkiaSharp has no such
/// encoder.
/// </summary>
internal static class PalettePng
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Encodes opaque pixels (red in the lowest byte), or returns nothing where they have more than 256 colors.</summary>
    /// <param name="pixels">The pixels, row by row.</param>
    /// <param name="width">The pixels of a row.</param>
    /// <param name="steps">
    /// Rounds each channel to this many steps first, which only the edges of smooth lines and letters notice: of the colors that become
    /// one, the one most pixels have stands
    /// for all. 256 for no rounding.
    /// </param>
    public static byte[]? TryEncode(ReadOnlySpan<uint> pixels, int width, int steps)
    {
        int height = pixels.Length / width;
        var palette = new Dictionary<uint, byte>(256);
        var rows = new byte[height * (width + 1)]; // each row begins with its filter: none
        uint last = 0;
        byte lastIndex = 0;
        bool any = false;
        for (int i = 0; i < pixels.Length; i++)
        {
            uint color = pixels[i] & 0xFFFFFF;
            if (!any || color != last)
            {
                uint rounded = Round(color, steps);
                if (!palette.TryGetValue(rounded, out lastIndex))
                {
                    if (palette.Count == 256)
                    {
                        return null;
                    }
                    palette[rounded] = lastIndex = (byte)palette.Count;
                }
                (last, any) = (color, true);
            }
            rows[(i / width * (width + 1)) + 1 + (i % width)] = lastIndex;
        }
        return Write(rows, width, height, steps >= 256 ? [.. palette.Keys] : Usual(pixels, palette.Keys, steps));
    }

    /// <summary>Returns for each rounded color the one that most of its pixels have: a page keeps its background exactly.</summary>
    private static uint[] Usual(ReadOnlySpan<uint> pixels, IEnumerable<uint> palette, int steps)
    {
        var counts = new Dictionary<uint, int>();
        foreach (uint pixel in pixels)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, pixel & 0xFFFFFF, out _)++;
        }
        Dictionary<uint, uint> usual = counts
            .GroupBy(entry => Round(entry.Key, steps))
            .ToDictionary(
                group => group.Key,
                group => group.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key == group.Key ? 0 : 1).First().Key
            );
        return [.. palette.Select(color => usual[color])];
    }

    private static uint Round(uint color, int steps)
    {
        if (steps >= 256)
        {
            return color;
        }
        uint Channel(int shift) => (uint)(Math.Round(((color >> shift) & 255) * (steps - 1) / 255.0) * 255 / (steps - 1)) << shift;
        return Channel(0) | Channel(8) | Channel(16);
    }

    private static byte[] Write(byte[] rows, int width, int height, uint[] palette)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3); // bits of a pixel; colors by palette
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "PLTE"u8, [.. palette.SelectMany(color => new[] { (byte)color, (byte)(color >> 8), (byte)(color >> 16) })]);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(rows);
        }
        Chunk(file, "IDAT"u8, packed.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        file.Write(number);
    }
}
