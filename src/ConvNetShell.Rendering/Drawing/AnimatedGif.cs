using System.Buffers.Binary;
using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>
/// Writes frames as a GIF that runs for ever (GIF89a, https://www.w3.org/Graphics/GIF/spec-gif89a.txt, with Netscape's loop block).
/// SkiaSharp encodes no animations.
/// </summary>
internal static class AnimatedGif
{
    private const byte StaysBelow = 0x04; // the frame stays where the next one draws nothing
    private const int Colors = 256,
        CodeBits = 8, // of a pixel
        MostCodeBits = 12,
        BlockSize = 255;

    /// <summary>Encodes opaque frames of one size.</summary>
    /// <param name="frames">Each frame, disposed by the caller, and how long it stays in hundredths of a second.</param>
    public static byte[] Encode(IEnumerable<(SKBitmap Bitmap, int Hundredths)> frames)
    {
        using var file = new MemoryStream();
        foreach (ChangedPart part in ChangedPart.Of(frames))
        {
            if (file.Length == 0)
            {
                file.Write("GIF89a"u8);
                Number(file, part.Whole.Width);
                Number(file, part.Whole.Height);
                file.Write([0x70, 0, 0]); // no palette for all frames; 8 bits a channel
                file.Write([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]); // without end
            }
            (SKColor[] palette, byte[] pixels) = MedianCut.Reduce(part.Bitmap, Colors);
            file.Write([0x21, 0xF9, 4, StaysBelow]);
            Number(file, part.Hundredths);
            file.Write([0, 0, 0x2C]);
            Number(file, part.At.X);
            Number(file, part.At.Y);
            Number(file, part.Bitmap.Width);
            Number(file, part.Bitmap.Height);
            file.WriteByte(0x87); // a palette of its own, of 256 colors
            foreach (SKColor color in palette)
            {
                file.Write([color.Red, color.Green, color.Blue]);
            }
            file.Write(new byte[3 * (Colors - palette.Length)]);
            Pack(file, pixels);
        }
        file.WriteByte(0x3B);
        return file.ToArray();
    }

    private static void Number(MemoryStream file, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, checked((ushort)value));
        file.Write(bytes);
    }

    /// <summary>Packs pixels with Lempel, Ziv and Welch's codes of growing length, in blocks.</summary>
    private static void Pack(MemoryStream file, byte[] pixels)
    {
        const int clear = 1 << CodeBits,
            end = clear + 1;
        file.WriteByte(CodeBits);
        var bits = new BitBlocks(file);
        var known = new Dictionary<int, int>();
        int width = CodeBits + 1,
            next = end + 1,
            prefix = pixels[0];
        bits.Write(clear, width);
        foreach (byte pixel in pixels.AsSpan(1))
        {
            int key = (prefix << CodeBits) | pixel;
            if (known.TryGetValue(key, out int code))
            {
                prefix = code;
                continue;
            }
            bits.Write(prefix, width);
            prefix = pixel;
            if (next == 1 << MostCodeBits)
            {
                bits.Write(clear, width);
                known.Clear();
                (width, next) = (CodeBits + 1, end + 1);
                continue;
            }
            if (next == 1 << width)
            {
                width++;
            }
            known[key] = next++;
        }
        bits.Write(prefix, width);
        bits.Write(end, next == 1 << width ? Math.Min(width + 1, MostCodeBits) : width);
        bits.Finish();
    }

    /// <summary>Collects codes, lowest bit first, and writes them in blocks that begin with their length.</summary>
    private sealed class BitBlocks(MemoryStream file)
    {
        private readonly List<byte> block = [];
        private int pending,
            count;

        public void Write(int code, int width)
        {
            pending |= code << count;
            for (count += width; count >= 8; count -= 8)
            {
                Add((byte)pending);
                pending >>>= 8;
            }
        }

        public void Finish()
        {
            if (count > 0)
            {
                Add((byte)pending);
            }
            Flush();
            file.WriteByte(0);
        }

        private void Add(byte value)
        {
            block.Add(value);
            if (block.Count == BlockSize)
            {
                Flush();
            }
        }

        private void Flush()
        {
            if (block.Count > 0)
            {
                file.WriteByte((byte)block.Count);
                file.Write([.. block]);
                block.Clear();
            }
        }
    }
}
