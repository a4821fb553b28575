using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;
using SkiaSharp;

namespace ConvNetShell.Core.Tests.Data;

/// <summary>Small files and datasets in every format, made on the spot.</summary>
internal static class Samples
{
    public static byte[] Cifar(int count, int labelBytes = 1, int classes = 10)
    {
        var random = new SeededRandom(1);
        var bytes = new byte[count * (labelBytes + 3072)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)random.NextInt(256);
        }
        for (int i = 0; i < count; i++)
        {
            for (int label = 0; label < labelBytes; label++)
            {
                bytes[(i * (labelBytes + 3072)) + label] = (byte)((i + label) % classes);
            }
        }
        return bytes;
    }

    public static byte[] Idx(byte[]? values, params int[] sizes)
    {
        var bytes = new byte[4 + (4 * sizes.Length) + (values?.Length ?? 0)];
        bytes[2] = 8;
        bytes[3] = (byte)sizes.Length;
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), sizes[i]);
        }
        values?.CopyTo(bytes, 4 + (4 * sizes.Length));
        return bytes;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }
        return stream.ToArray();
    }

    public static byte[] Tar(params TarEntry[] entries)
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (TarEntry entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }
        return stream.ToArray();
    }

    public static TarEntry TarFile(string name, byte[] bytes) =>
        new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) };

    public static byte[] Picture(SKEncodedImageFormat format, int width, int height, SKColor color, bool grey = false)
    {
        using var bitmap = new SKBitmap(
            new SKImageInfo(width, height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque)
        );
        bitmap.Erase(color);
        using SKData data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    /// <summary>A header that claims an absurd size, with a valid checksum: the bomb a decoder would fall for.</summary>
    public static byte[] PngBomb(int width, int height)
    {
        byte[] png = Picture(SKEncodedImageFormat.Png, 1, 1, SKColors.Red);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        uint crc = uint.MaxValue;
        foreach (byte value in png.AsSpan(12, 17))
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
            }
        }
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), ~crc);
        return png;
    }

    /// <summary>Random pixels; labels take turns.</summary>
    public static DatasetSplit Split(string name, Shape shape, int count, int classes)
    {
        var random = new SeededRandom(count);
        var pixels = new byte[count * shape.Elements];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)random.NextInt(256);
        }
        return new DatasetSplit(name, shape, pixels, [.. Enumerable.Range(0, count).Select(i => i % classes)]);
    }

    public static Dataset Dataset(Shape shape, int classes = 3, bool validation = false) =>
        new(
            "Sample",
            "made for a test",
            [.. Enumerable.Range(0, classes).Select(i => $"class/{classes - i}")],
            Split("Train", shape, 12, classes),
            validation ? Split("Validation", shape, 6, classes) : null,
            Split("Test", shape, 5, classes)
        );

    /// <summary>The pictures and labels of a split as a set, whatever their order.</summary>
    public static string[] Content(Dataset dataset, DatasetSplit split) =>
        [
            .. Enumerable
                .Range(0, split.Count)
                .Select(i => dataset.Classes[split.Labels[i]] + Convert.ToHexString(split.Image(i)))
                .Order(StringComparer.Ordinal),
        ];
}
