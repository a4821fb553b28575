using System.Runtime.InteropServices;
using System.Text.Json;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Storage;
using ConvNetShell.Display.Files;

namespace ConvNetShell.Core.Sweeps.Workers;

/// <summary>
/// A dataset as one file, so that worker processes use the very images of the session: a line of JSON, then the pixels and labels of each
/// split.
/// </summary>
public static class StoredDataset
{
    private const byte LineEnd = (byte)'\n';
    private static readonly JsonSerializerOptions Json = RunFolder.Options(isIndented: false);

    /// <summary>Writes a dataset.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dataset">The dataset.</param>
    public static void Write(string path, Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var header = new Header(
            dataset.Name,
            dataset.Source,
            [.. dataset.Classes],
            dataset.InputShape.ToArray(),
            dataset.Augmentation,
            dataset.Train.Count,
            dataset.Validation?.Count,
            dataset.Test?.Count
        );
        AtomicFile.Write(
            path,
            file =>
            {
                JsonSerializer.Serialize(file, header, Json);
                file.WriteByte(LineEnd);
                foreach (DatasetSplit split in dataset.Splits)
                {
                    file.Write(split.PixelArray);
                    file.Write(MemoryMarshal.AsBytes(split.LabelArray.AsSpan()));
                }
            }
        );
    }

    /// <summary>Reads a dataset.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The dataset, equal to the one written.</returns>
    /// <exception cref="DataFormatException">It is no such file.</exception>
    public static Dataset Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            Header header = JsonSerializer.Deserialize<Header>(ReadLine(file), Json)!;
            var shape = new Shape(header.InputShape);
            DatasetSplit? Split(string name, int? count)
            {
                if (count is not { } images)
                {
                    return null;
                }
                byte[] pixels = new byte[images * shape.Elements];
                int[] labels = new int[images];
                file.ReadExactly(pixels);
                file.ReadExactly(MemoryMarshal.AsBytes(labels.AsSpan()));
                return new DatasetSplit(name, shape, pixels, labels);
            }
            return new Dataset(
                header.Name,
                header.Source,
                header.Classes,
                Split("Train", header.Train)!,
                Split("Validation", header.Validation),
                Split("Test", header.Test)
            ).With(header.Augmentation);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            throw new DataFormatException("Data.Truncated", path, $"expected the dataset of a sweep. Received: {error.Message}", error);
        }
    }

    private static byte[] ReadLine(FileStream file)
    {
        var line = new List<byte>();
        for (int next = file.ReadByte(); next >= 0 && next != LineEnd; next = file.ReadByte())
        {
            line.Add((byte)next);
        }
        return [.. line];
    }

    private sealed record Header(
        string Name,
        string Source,
        string[] Classes,
        int[] InputShape,
        Augmentation? Augmentation,
        int Train,
        int? Validation,
        int? Test
    );
}
