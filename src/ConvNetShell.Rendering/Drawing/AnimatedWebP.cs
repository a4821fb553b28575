using System.Buffers.Binary;
using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>
/// Writes frames as a WebP that runs for ever, without loss (https://developers.google.com/speed/webp/docs/riff_container). SkiaSharp
/// encodes each frame as a still; the frames' chunks are put into one file here.
/// </summary>
internal static class AnimatedWebP
{
    private const byte IsAnimated = 0x02,
        ReplacesBefore = 0x02; // the frame is not blended with the one before
    private const int HeaderSize = 12, // RIFF, the size, WEBP
        MillisecondsOfHundredth = 10;
    private const float Effort = 25; // of 100; more is slower and hardly smaller

    /// <summary>Encodes opaque frames of one size.</summary>
    /// <param name="frames">Each frame, disposed by the caller, and how long it stays in hundredths of a second.</param>
    public static byte[] Encode(IEnumerable<(SKBitmap Bitmap, int Hundredths)> frames)
    {
        using var file = new MemoryStream();
        file.Write("RIFF\0\0\0\0WEBP"u8);
        foreach (ChangedPart part in ChangedPart.Of(frames))
        {
            if (file.Length == HeaderSize)
            {
                Chunk(file, "VP8X"u8, [IsAnimated, 0, 0, 0, .. Size(part.Whole)]);
                Chunk(file, "ANIM"u8, [0xFF, 0xFF, 0xFF, 0xFF, 0, 0]); // a white background, without end
            }
            byte[] at = [.. Three(part.At.X / 2), .. Three(part.At.Y / 2)],
                duration = Three(part.Hundredths * MillisecondsOfHundredth);
            Chunk(file, "ANMF"u8, [.. at, .. Size(part.Bitmap.Info.Size), .. duration, ReplacesBefore, .. Still(part.Bitmap)]);
        }
        byte[] bytes = file.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)bytes.Length - 8);
        return bytes;
    }

    /// <summary>Returns the chunk of a frame's pixels; what else the encoder writes, as a color profile, is left out.</summary>
    private static byte[] Still(SKBitmap bitmap)
    {
        using SKPixmap pixmap = bitmap.PeekPixels();
        using SKData data =
            pixmap.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, Effort))
            ?? throw new InvalidOperationException("The WebP encoder gave no data.");
        ReadOnlySpan<byte> still = data.AsSpan();
        int at = HeaderSize;
        while (at + 8 <= still.Length)
        {
            int size = BinaryPrimitives.ReadInt32LittleEndian(still[(at + 4)..]),
                end = at + 8 + size + (size & 1);
            if (still.Slice(at, 4).SequenceEqual("VP8L"u8))
            {
                return still[at..end].ToArray();
            }
            at = end;
        }
        throw new InvalidOperationException("The WebP encoder gave no pixels without loss.");
    }

    /// <summary>Writes a chunk; one of odd length is followed by a zero.</summary>
    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> name, byte[] content)
    {
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, content.Length);
        file.Write(name);
        file.Write(size);
        file.Write(content);
        if (content.Length % 2 == 1)
        {
            file.WriteByte(0);
        }
    }

    private static byte[] Size(SKSizeI size) => [.. Three(size.Width - 1), .. Three(size.Height - 1)];

    private static byte[] Three(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
