using System.IO.Compression;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Data.Arrays;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Writers;

/// <summary>
/// Writes <c>dataset.npz</c> as Keras has it: x_train and y_train (x_val, x_test where there are such splits), class_names, and attributes
/// such as attribute_train_Match as texts. Images are uint8, N x rows x columns for one channel, else channels last, as for clips, which
/// have frames before the rows; labels are int64. Sequences are N x length for one channel, else channels last, and sequence_shape
/// (channels, length) tells them from images. Not packed, so that NumPy can map it.
/// </summary>
internal static class NpzWriter
{
    private const string FileName = "dataset.npz";

    public static Action<string> For(Dataset dataset, CancellationToken cancellation) =>
        folder =>
        {
            using FileStream file = new(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            using var archive = new ZipArchive(file, ZipArchiveMode.Create);
            foreach (DatasetSplit split in dataset.Splits)
            {
                string name =
                    split == dataset.Train ? "train"
                    : split == dataset.Test ? "test"
                    : "val";
                Write(archive, $"x_{name}", stream => WriteImages(stream, split, cancellation));
                Write(archive, $"y_{name}", stream => WriteLabels(stream, split));
                foreach (string attribute in split.Attributes.Names)
                {
                    split.Attributes.TryGet(attribute, out IReadOnlyList<string>? values);
                    Write(archive, NumpyFormat.AttributePrefix(name) + attribute, stream => NpyWriter.Write(stream, values!));
                }
            }
            if (dataset.InputShape.Count == 2)
            {
                Write(archive, NumpyFormat.SequenceShape, stream => WriteShape(stream, dataset.InputShape));
            }
            Write(archive, "class_names", stream => NpyWriter.Write(stream, dataset.Classes));
        };

    private static void WriteImages(Stream stream, DatasetSplit split, CancellationToken cancellation)
    {
        int[] spatial = split.Shape.Spatial.ToArray();
        int channels = split.Shape.Channels;
        NpyWriter.WriteHeader(
            stream,
            "|u1",
            channels == 1 && spatial.Length < 3 ? [split.Count, .. spatial] : [split.Count, .. spatial, channels]
        );
        for (int i = 0; i < split.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            stream.Write(split.Image(i));
        }
    }

    private static void WriteShape(Stream stream, Shape shape)
    {
        NpyWriter.WriteHeader(stream, "<i8", [shape.Count]);
        stream.Write(MemoryMarshal.AsBytes(Array.ConvertAll(shape.ToArray(), size => (long)size).AsSpan()));
    }

    private static void WriteLabels(Stream stream, DatasetSplit split)
    {
        NpyWriter.WriteHeader(stream, "<i8", [split.Count]);
        stream.Write(MemoryMarshal.AsBytes(Array.ConvertAll(split.LabelArray, label => (long)label).AsSpan()));
    }

    private static void Write(ZipArchive archive, string name, Action<Stream> write)
    {
        using Stream stream = archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression).Open();
        write(stream);
    }
}
