using System.Buffers.Binary;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Writers;

/// <summary>
/// Writes IDX files as MNIST has them: idx3 for grey images, idx4 (channels last) for color, idx1 for labels; none packed.
/// </summary>
internal static class IdxWriter
{
    public static Action<string> For(Dataset dataset)
    {
        DatasetWriter.CheckBytes(dataset, "IDX");
        if (dataset.InputShape.Count != 3)
        {
            throw new InvalidSettingException("A dataset saved as IDX files", "of images (-Format Npz takes clips too)", dataset);
        }
        return folder =>
        {
            foreach (DatasetSplit split in dataset.Splits)
            {
                string prefix =
                    split == dataset.Train ? "train"
                    : split == dataset.Test ? "t10k"
                    : "validation";
                Shape shape = split.Shape;
                int[] sizes = shape.Channels == 1 ? [split.Count, shape[1], shape[2]] : [split.Count, shape[1], shape[2], shape.Channels];
                Write(
                    Path.Combine(folder, FormattableString.Invariant($"{prefix}-images-idx{sizes.Length}-ubyte")),
                    sizes,
                    file =>
                    {
                        for (int i = 0; i < split.Count; i++)
                        {
                            file.Write(split.Image(i));
                        }
                    }
                );
                Write(
                    Path.Combine(folder, $"{prefix}-labels-idx1-ubyte"),
                    [split.Count],
                    file => file.Write(Array.ConvertAll(split.LabelArray, label => (byte)label))
                );
            }
        };
    }

    private static void Write(string path, int[] sizes, Action<Stream> writeValues)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        stream.Write([0, 0, 8, (byte)sizes.Length]);
        Span<byte> number = stackalloc byte[4];
        foreach (int size in sizes)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, size);
            stream.Write(number);
        }
        writeValues(stream);
    }
}
