using System.Globalization;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using SkiaSharp;

namespace ConvNetShell.Core.Data;

/// <summary>Writes PNG files in folders split/class, numbered through each split, in parallel.</summary>
internal static class PngWriter
{
    public static Action<string> For(Dataset dataset, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        if (dataset.InputShape.Count != 3 || dataset.InputShape.Channels is not (1 or 3))
        {
            throw new InvalidSettingException("A dataset saved as PNG files", "of images with 1 or 3 channels", dataset);
        }
        string[] folders = [.. dataset.Classes.Select(ClassNames.ToFolder)];
        if (folders.Distinct(StringComparer.OrdinalIgnoreCase).Count() < folders.Length)
        {
            throw new InvalidSettingException("The class names of a dataset saved as PNG files", "different as folder names, whatever their case", string.Join(", ", dataset.Classes));
        }
        return root =>
        {
            foreach (DatasetSplit split in dataset.Splits)
            {
                WriteSplit(split, Path.Combine(root, split == dataset.Train ? "train" : split == dataset.Test ? "test" : "validation"), folders, progress, cancellation);
            }
        };
    }

    /// <summary>Writes one picture.</summary>
    public static void Save(string path, byte[] pixels, Shape shape)
    {
        try
        {
            File.WriteAllBytes(path, Encode(pixels, shape));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException("Storage.Unwritable", path, $"expected a file that can be written. Received: {error.Message}", error);
        }
    }

    private static void WriteSplit(DatasetSplit split, string root, string[] folders, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        foreach (string folder in folders)
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }
        int done = 0;
        try
        {
            Parallel.For(0, split.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                byte[] png = Encode(split.Image(i), split.Shape);
                File.WriteAllBytes(Path.Combine(root, folders[split.LabelArray[i]], string.Create(CultureInfo.InvariantCulture, $"{i:00000}.png")), png);
                int now = Interlocked.Increment(ref done);
                if (now % 256 == 0 || now == split.Count)
                {
                    progress?.Report(new DataProgress($"Writing {split.Name}", now, split.Count, "images"));
                }
            });
        }
        catch (AggregateException error) when (error.InnerException is IOException or UnauthorizedAccessException)
        {
            throw new IOException(error.InnerException.Message, error);
        }
    }

    private static byte[] Encode(ReadOnlySpan<byte> pixels, Shape shape)
    {
        bool grey = shape.Channels == 1;
        using var bitmap = new SKBitmap(new SKImageInfo(shape[2], shape[1], grey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque));
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
                rgba[column] = 0xFF000000u | ((uint)source[(column * 3) + 2] << 16) | ((uint)source[(column * 3) + 1] << 8) | source[column * 3];
            }
        }
        using SKPixmap pixmap = bitmap.PeekPixels();
        using SKData data = pixmap.Encode(SKPngEncoderOptions.Default) ?? throw new IOException("The PNG encoder gave no data.");
        return data.ToArray();
    }
}
