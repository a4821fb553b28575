using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using Microsoft.Win32.SafeHandles;
using SkiaSharp;

namespace ConvNetShell.Core.Data.Images;

/// <summary>
/// Reads one PNG, JPEG, BMP or WebP file. The size is read from the header first and refused before any pixel is decoded if it is absurd.
/// Rotations noted by a camera (EXIF) are applied; transparent pixels are blended with white.
/// </summary>
public static class ImageFile
{
    /// <summary>The most pixels an image may have (64 million, 256 MB decoded).</summary>
    public const long LargestPixels = 64L << 20;

    /// <summary>Gets the endings of file names that are taken for images, in lower case.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg", ".bmp", ".webp"];

    /// <summary>Loads an image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="resizeTo">The shape it gets (channels 1 or 3, height, width); default: its own.</param>
    /// <param name="channels">1 for grey (luminance) or 3 for color; default: those of <paramref name="resizeTo"/>, else 1 for a grey file
    /// and 3 for any other.</param>
    /// <param name="fit">How other proportions are treated; default: stretched.</param>
    /// <returns>The image.</returns>
    /// <exception cref="DataFormatException">The file is missing, empty, no image (Data.NotAnImage), cut short (Data.Truncated) or too
    /// large (Data.TooLarge).</exception>
    /// <exception cref="InvalidSettingException">The shape or the channels are no image's.</exception>
    public static LoadedImage Load(string path, Shape? resizeTo = null, int? channels = null, FitKind fit = FitKind.Stretch)
    {
        CheckTarget(resizeTo, channels);
        return Decode(ReadBytes(path), path, resizeTo, channels, fit);
    }

    /// <summary>Decodes an image that is in memory; see <see cref="Load"/>.</summary>
    /// <param name="bytes">The PNG, JPEG, BMP or WebP file.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="resizeTo">The shape it gets; default: its own.</param>
    /// <param name="channels">1 or 3; default: as the shape or the file has.</param>
    /// <param name="fit">How other proportions are treated.</param>
    internal static LoadedImage Decode(byte[] bytes, string name, Shape? resizeTo, int? channels, FitKind fit)
    {
        using SKCodec codec = OpenCodec(bytes, name);
        using SKBitmap decoded = Decode(codec, name);
        using SKBitmap upright = ImageTransforms.Upright(decoded, codec.EncodedOrigin);
        bool grey = codec.Info.ColorType == SKColorType.Gray8;
        int depth = channels ?? resizeTo?.Channels ?? (grey ? 1 : 3);
        var shape = new Shape(depth, upright.Height, upright.Width);
        var pixels = new byte[shape.Elements];
        Flatten(MemoryMarshal.Cast<byte, uint>(upright.GetPixelSpan()), pixels, depth);
        if (resizeTo is null || (resizeTo[1] == shape[1] && resizeTo[2] == shape[2]))
        {
            return new LoadedImage(name, shape, pixels, grey);
        }
        var sized = new Shape(depth, resizeTo[1], resizeTo[2]);
        return new LoadedImage(name, sized, new Resizer(shape, sized, fit).Resize(pixels), grey);
    }

    /// <summary>Writes a PNG file; one that is there is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="picture">The picture, with one or three channels.</param>
    /// <exception cref="StorageException">The file cannot be written.</exception>
    public static void Save(string path, Display.Records.Data.ImageSample picture) =>
        PngFile.Save(path, picture.Pixels, new Shape(picture.Channels, picture.Height, picture.Width));

    /// <summary>Returns the rows and columns of an image file, as it is shown; no pixel is decoded.</summary>
    internal static (int Height, int Width) Size(string path)
    {
        using SKCodec codec = OpenCodec(ReadBytes(path), path);
        bool lies =
            codec.EncodedOrigin
            is SKEncodedOrigin.LeftTop
                or SKEncodedOrigin.RightTop
                or SKEncodedOrigin.RightBottom
                or SKEncodedOrigin.LeftBottom;
        return lies ? (codec.Info.Width, codec.Info.Height) : (codec.Info.Height, codec.Info.Width);
    }

    internal static void CheckTarget(Shape? resizeTo, int? channels)
    {
        if (resizeTo is not null && (resizeTo.Count != 3 || resizeTo.Channels is not (1 or 3)))
        {
            throw new InvalidSettingException(
                "The size to resize to",
                "1 or 3 channels, height and width, as 3,32,32 or 32x32x3",
                resizeTo
            );
        }
        if (channels is not (null or 1 or 3))
        {
            throw new InvalidSettingException("The channels", "1 (gray) or 3 (color)", channels);
        }
    }

    /// <summary>Reads an image file as it is.</summary>
    internal static byte[] ReadBytes(string path) =>
        DataFile.Guard(
            path,
            () =>
            {
                DataFile.RequireContent(path);

                // Small files are mostly the cost of opening them, so each is opened once.
                using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
                long length = RandomAccess.GetLength(file);
                if (length > LargestPixels * 4)
                {
                    throw TooLarge(path, FormattableString.Invariant($"a file of {length} bytes"));
                }
                var content = new byte[length];
                int read = RandomAccess.Read(file, content, 0);
                return read == length ? content : throw new EndOfStreamException();
            }
        );

    private static SKCodec OpenCodec(byte[] bytes, string path)
    {
        using SKData data = SKData.CreateCopy(bytes);
        SKCodec codec =
            SKCodec.Create(data)
            ?? throw new DataFormatException(
                "Data.NotAnImage",
                path,
                "expected an image (PNG, JPEG, BMP, WebP). Received: a file in none of these formats."
            );
        if ((long)codec.Info.Width * codec.Info.Height > LargestPixels)
        {
            using (codec)
            {
                throw TooLarge(path, FormattableString.Invariant($"{codec.Info.Width}x{codec.Info.Height} pixels"));
            }
        }
        return codec;
    }

    private static SKBitmap Decode(SKCodec codec, string path)
    {
        // No color space: the stored numbers, without conversion to a calibrated screen.
        var bitmap = new SKBitmap(
            new SKImageInfo(
                codec.Info.Width,
                codec.Info.Height,
                SKColorType.Rgba8888,
                codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul
            )
        );
        SKCodecResult result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result == SKCodecResult.Success)
        {
            return bitmap;
        }
        bitmap.Dispose();
        string id = result == SKCodecResult.IncompleteInput ? "Data.Truncated" : "Data.NotAnImage";
        throw new DataFormatException(
            id,
            path,
            $"expected a complete {codec.EncodedFormat} image. Received: damaged or missing data ({result})."
        );
    }

    /// <summary>
    /// RGBA with premultiplied alpha on white, to one or three channels. Greys stay exact.
    /// </summary>
    private static void Flatten(ReadOnlySpan<uint> rgba, Span<byte> pixels, int channels)
    {
        for (int i = 0; i < rgba.Length; i++)
        {
            uint value = rgba[i];
            uint white = 255 - (value >> 24);
            uint red = (value & 255) + white,
                green = ((value >> 8) & 255) + white,
                blue = ((value >> 16) & 255) + white;
            if (channels == 1)
            {
                pixels[i] = Resizer.Luminance(red, green, blue);
            }
            else
            {
                pixels[(i * 3) + 2] = (byte)blue;
                pixels[(i * 3) + 1] = (byte)green;
                pixels[i * 3] = (byte)red;
            }
        }
    }

    private static DataFormatException TooLarge(string path, string received) =>
        new(
            "Data.TooLarge",
            path,
            FormattableString.Invariant($"expected an image of at most {LargestPixels} pixels. Received: {received}.")
        );
}
