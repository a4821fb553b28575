using System.Globalization;
using System.Text;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// The binary layout of CIFAR-10 and CIFAR-100 (Krizhevsky, 2009, https://www.cs.toronto.edu/~kriz/cifar.html): records of one label byte
/// (CIFAR-100: coarse, then fine) and 3 x 32 x 32 pixels, plane by plane. A folder with the .bin files, or the .tar.gz as published,
/// which is read as a stream and never unpacked.
/// </summary>
internal sealed class CifarFormat : IDatasetFormat
{
    /// <summary>The bytes of one picture: 3 planes of 32 by 32.</summary>
    internal const int PixelBytes = 3 * Plane;

    private const int Plane = 32 * 32,
        LargestNames = 1 << 16;

    /// <inheritdoc />
    public string Name => "CIFAR binary files";

    /// <inheritdoc />
    public bool CanStream => false;

    /// <inheritdoc />
    public bool Matches(string path) =>
        File.Exists(path)
            ? path.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase)
                || path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase)
                || path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase)
            : Directory.Exists(path)
                && (Directory.EnumerateFiles(path, "data_batch_*.bin").Any() || File.Exists(Path.Combine(path, "train.bin")));

    /// <inheritdoc />
    public Dataset Read(string path, ReadOptions options)
    {
        Dictionary<string, byte[]> members = File.Exists(path) ? TarMembers.Read(path, IsWanted, options) : ReadFolder(path, options);
        string[] batches =
        [
            .. members
                .Keys.Where(name => name.StartsWith("data_batch_", StringComparison.Ordinal))
                .OrderBy(name => name.Length)
                .ThenBy(name => name, StringComparer.Ordinal),
        ];
        bool hundred = batches.Length == 0 && members.ContainsKey("train.bin");
        if (batches.Length == 0 && !hundred)
        {
            throw new DataFormatException(
                "Data.Empty",
                path,
                "expected data_batch_1.bin (CIFAR-10) or train.bin (CIFAR-100). Received: neither; the python and matlab "
                    + "versions are not read."
            );
        }
        int labelBytes = hundred ? 2 : 1;
        int labelAt = hundred && !options.CoarseLabels ? 1 : 0;
        DatasetSplit? Split(string name, params string[] files) =>
            files.All(members.ContainsKey)
                ? Decode(name, path, [.. files.Select(file => (file, members[file]))], labelBytes, labelAt, options)
                : null;
        DatasetSplit train = Split("Train", hundred ? ["train.bin"] : batches)!;
        DatasetSplit? test = Split("Test", hundred ? "test.bin" : "test_batch.bin");
        if (test is null)
        {
            options.Warn?.Invoke($"{path} has no {(hundred ? "test.bin" : "test_batch.bin")}: there is no Test split.");
        }
        return new Dataset(hundred ? "CIFAR100" : "CIFAR10", path, Classes(members, hundred, options.CoarseLabels), train, null, test);
    }

    private static bool IsWanted(string name) =>
        name switch
        {
            "train.bin" or "test.bin" or "test_batch.bin" or "batches.meta.txt" or "fine_label_names.txt" or "coarse_label_names.txt" =>
                true,
            _ => name.StartsWith("data_batch_", StringComparison.Ordinal) && name.EndsWith(".bin", StringComparison.Ordinal),
        };

    private static Dictionary<string, byte[]> ReadFolder(string folder, ReadOptions options)
    {
        var members = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder).Where(file => IsWanted(Path.GetFileName(file))))
        {
            options.Cancellation.ThrowIfCancellationRequested();
            members[Path.GetFileName(file)] = DataFile.Guard(
                file,
                () =>
                {
                    DataFile.RequireContent(file);
                    return File.ReadAllBytes(file);
                }
            );
        }
        return members;
    }

    private static DatasetSplit Decode(
        string split,
        string path,
        (string File, byte[] Bytes)[] files,
        int labelBytes,
        int labelAt,
        ReadOptions options
    )
    {
        int record = labelBytes + PixelBytes;
        foreach ((string file, byte[] bytes) in files)
        {
            if (bytes.Length == 0 || bytes.Length % record != 0)
            {
                throw new DataFormatException(
                    bytes.Length == 0 ? "Data.Truncated" : "Data.WrongLength",
                    Path.Combine(path, file),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"expected records of {record} bytes ({labelBytes} label, {PixelBytes} pixels). Received: "
                            + $"{bytes.Length} bytes, {bytes.Length / record} records and {bytes.Length % record} bytes over."
                    )
                );
            }
        }
        int count = files.Sum(file => file.Bytes.Length / record);
        if ((long)count * PixelBytes > DataFile.LargestArray)
        {
            throw new DataFormatException(
                "Data.TooLarge",
                path,
                FormattableString.Invariant($"expected at most {DataFile.LargestArray / PixelBytes} images. Received: {count}.")
            );
        }
        var pixels = new byte[count * PixelBytes];
        var labels = new int[count];
        int start = 0;
        foreach ((_, byte[] bytes) in files)
        {
            int from = start;
            int images = bytes.Length / record;
            const int block = 500;
            Parallel.For(
                0,
                (images + block - 1) / block,
                new ParallelOptions { CancellationToken = options.Cancellation },
                part =>
                {
                    for (int i = part * block; i < Math.Min(images, (part + 1) * block); i++)
                    {
                        ReadOnlySpan<byte> source = bytes.AsSpan(i * record, record);
                        labels[from + i] = source[labelAt];
                        Interleave(source[labelBytes..], pixels.AsSpan((from + i) * PixelBytes, PixelBytes));
                    }
                }
            );
            start += images;
            options.Progress?.Report(new DataProgress($"Reading {split}", start, count, "images"));
        }
        return new DatasetSplit(split, new Shape(3, 32, 32), pixels, labels);
    }

    /// <summary>Planes (all red, all green, all blue) to pixels (red, green, blue).</summary>
    private static void Interleave(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        ReadOnlySpan<byte> red = planes[..Plane],
            green = planes.Slice(Plane, Plane),
            blue = planes.Slice(2 * Plane, Plane);
        for (int i = 0, at = 0; i < Plane; i++, at += 3)
        {
            pixels[at + 2] = blue[i];
            pixels[at + 1] = green[i];
            pixels[at] = red[i];
        }
    }

    private static IReadOnlyList<string> Classes(Dictionary<string, byte[]> members, bool hundred, bool coarse)
    {
        string file =
            !hundred ? "batches.meta.txt"
            : coarse ? "coarse_label_names.txt"
            : "fine_label_names.txt";
        if (members.TryGetValue(file, out byte[]? text) && text.Length <= LargestNames)
        {
            string[] names = Encoding
                .UTF8.GetString(text)
                .Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (names.Length > 0)
            {
                return names;
            }
        }

        // A copy without its names is still the same set: CIFAR-10 has ten well-known ones, for CIFAR-100 numbers do.
        return !hundred
            ? KnownDatasets.Cifar10.Classes
            : [.. Enumerable.Range(0, coarse ? 20 : 100).Select(i => i.ToString(CultureInfo.InvariantCulture))];
    }
}
