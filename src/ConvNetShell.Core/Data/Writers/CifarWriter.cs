using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Writers;

/// <summary>
/// Writes the binary layout of CIFAR-10: data_batch_N.bin of at most 10,000 images each, test_batch.bin, batches.meta.txt.
/// </summary>
internal static class CifarWriter
{
    private const int Batch = 10_000;
    private const int Plane = 32 * 32;

    public static Action<string> For(Dataset dataset)
    {
        DatasetWriter.CheckBytes(dataset, "CIFAR");
        if (!dataset.InputShape.Equals(new Shape(3, 32, 32)))
        {
            throw new InvalidSettingException("A dataset in the CIFAR layout", "of shape 3x32x32", dataset);
        }
        if (dataset.Validation is not null)
        {
            throw new InvalidSettingException(
                "A dataset in the CIFAR layout",
                "without a Validation split, for which it has no file (PNG and IDX have)",
                dataset
            );
        }
        return folder =>
        {
            for (int start = 0; start < dataset.Train.Count; start += Batch)
            {
                Write(
                    Path.Combine(folder, FormattableString.Invariant($"data_batch_{(start / Batch) + 1}.bin")),
                    dataset.Train,
                    start,
                    Math.Min(Batch, dataset.Train.Count - start)
                );
            }
            if (dataset.Test is { } test)
            {
                Write(Path.Combine(folder, "test_batch.bin"), test, 0, test.Count);
            }
            File.WriteAllLines(Path.Combine(folder, "batches.meta.txt"), dataset.Classes);
        };
    }

    private static void Write(string path, DatasetSplit split, int start, int count)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        var record = new byte[1 + (3 * Plane)];
        for (int i = start; i < start + count; i++)
        {
            record[0] = (byte)split.LabelArray[i];
            ReadOnlySpan<byte> pixels = split.Image(i);
            for (int p = 0; p < Plane; p++)
            {
                record[1 + p] = pixels[p * 3];
                record[1 + Plane + p] = pixels[(p * 3) + 1];
                record[1 + (2 * Plane) + p] = pixels[(p * 3) + 2];
            }
            stream.Write(record);
        }
    }
}
