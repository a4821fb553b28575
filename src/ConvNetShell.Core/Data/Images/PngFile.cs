using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Files;
using SkiaSharp;

namespace ConvNetShell.Core.Data.Images;

/// <summary>Encodes images of 1 or 3 channels as PNG.</summary>
internal static class PngFile
{
    /// <summary>Writes an image to a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pixels">The pixels, row by row, the channels of each together.</param>
    /// <param name="shape">The image's shape, channels first.</param>
    /// <exception cref="StorageException">The file cannot be written.</exception>
    public static void Save(string path, byte[] pixels, Shape shape)
    {
        try
        {
            AtomicFile.Write(path, Encode(pixels, shape));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                "Storage.Unwritable",
                path,
                $"expected a file that can be written. Received: {error.Message}",
                error
            );
        }
    }

    /// <summary>Returns an image as PNG.</summary>
    /// <param name="pixels">The pixels, row by row, the channels of each together.</param>
    /// <param name="shape">The image's shape, channels first.</param>
    /// <exception cref="IOException">The encoder failed.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, Shape shape)
    {
        bool grey = shape.Channels == 1;
        using var bitmap = new SKBitmap(
            new SKImageInfo(shape[2], shape[1], grey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque)
        );
        int width = shape[2] * shape.Channels;
        for (int row = 0; row < shape[1]; row++)
        {
            ReadOnlySpan<byte> source = pixels.Slice(row * width, width);
            Span<byte> target = bitmap.GetPixelSpan().Slice(row * bitmap.RowBytes, bitmap.RowBytes);
            if (grey)
            {
                source.CopyTo(target);
                continue;
            }
            Span<uint> rgba = MemoryMarshal.Cast<byte, uint>(target);
            for (int column = 0; column < shape[2]; column++)
            {
                rgba[column] =
                    0xFF000000u | ((uint)source[(column * 3) + 2] << 16) | ((uint)source[(column * 3) + 1] << 8) | source[column * 3];
            }
        }
        using SKPixmap pixmap = bitmap.PeekPixels();
        using SKData data = pixmap.Encode(SKPngEncoderOptions.Default) ?? throw new IOException("The PNG encoder gave no data.");
        return data.ToArray();
    }
}
