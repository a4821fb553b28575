using System.Buffers.Binary;
using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Storage;

namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>Finds the pickle and the numbers of the tensors in a file that torch.save wrote.</summary>
internal static class TorchLayout
{
    private const int MostPickle = 64 << 20;
    private const string DataName = "data.pkl";

    private static ReadOnlySpan<byte> ZipStart => "PK"u8;

    private static ReadOnlySpan<byte> LegacyStart =>
        [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];

    /// <summary>Reads the pickle of a file.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Its value, and where the numbers of a storage begin.</returns>
    /// <exception cref="NetworkFileException">The file is of another format, damaged, or has something else than data.</exception>
    public static (object? Root, Func<PickleStorage, long> Start) Read(TensorFile file)
    {
        byte[] begin = file.Read(0, (int)Math.Min(LegacyStart.Length, file.Length));
        return begin.AsSpan().StartsWith(ZipStart) ? ReadZip(file)
            : begin.AsSpan().SequenceEqual(LegacyStart) ? ReadLegacy(file)
            : throw new NetworkFileException(
                "NetworkFile.Unknown",
                file.Path,
                "expected a file of torch.save: a ZIP file, or a pickle with PyTorch's number. Received: other bytes.",
                0
            );
    }

    private static (object? Root, Func<PickleStorage, long> Start) ReadZip(TensorFile file)
    {
        var zip = StoredZip.Read(file);
        string name =
            zip.Names.FirstOrDefault(name => name == DataName || name.EndsWith("/" + DataName, StringComparison.Ordinal))
            ?? throw new NetworkFileException(
                "NetworkFile.Unknown",
                file.Path,
                $"expected an entry {DataName}. Received: a ZIP file without."
            );
        string folder = name[..^DataName.Length];
        if (
            zip.Find(folder + "byteorder") is { } order
            && !file.Read(order.Start, (int)Math.Min(order.Length, 8)).AsSpan().StartsWith("little"u8)
        )
        {
            throw new NetworkFileException(
                "NetworkFile.Unsupported",
                file.Path,
                "expected the byte order little. Received: another.",
                order.Start
            );
        }
        (long start, long length) = zip.Find(name)!.Value;
        object? root = new PickleReader(new PickleInput(file, start, start + Math.Min(length, MostPickle))).Read();
        return (root, storage => Start(storage, zip));

        long Start(PickleStorage storage, StoredZip entries)
        {
            (long at, long bytes) = entries.Find($"{folder}data/{storage.Key}") ?? (0, -1);
            return IsWithin(storage, bytes) ? at : throw Missing(file, storage, at);
        }
    }

    private static (object? Root, Func<PickleStorage, long> Start) ReadLegacy(TensorFile file)
    {
        var input = new PickleInput(file, LegacyStart.Length, file.Length);
        _ = new PickleReader(input).Read(); // the version
        if (new PickleReader(input).Read() is PickleDictionary system && system.Named.Any(item => item is ("little_endian", false)))
        {
            throw input.Error("NetworkFile.Unsupported", "expected the byte order little. Received: another.");
        }
        var reader = new PickleReader(input);
        object? root = reader.Read();
        if (new PickleReader(input).Read() is not List<object?> keys || keys.Any(key => key is not string))
        {
            throw input.Error("NetworkFile.Damaged", "expected the names of the storages. Received: other values.");
        }
        Dictionary<string, long> starts = LegacyStarts(file, input, [.. keys.Cast<string>()], reader.Storages);
        return (root, storage => starts.TryGetValue(storage.Key, out long start) ? start : throw Missing(file, storage, input.Position));
    }

    /// <summary>The storages follow one another in the order of their names, each with the count of its numbers before it.</summary>
    private static Dictionary<string, long> LegacyStarts(
        TensorFile file,
        PickleInput input,
        string[] keys,
        IReadOnlyDictionary<string, PickleStorage> storages
    )
    {
        var starts = new Dictionary<string, long>(StringComparer.Ordinal);
        long at = input.Position;
        foreach (string key in keys)
        {
            PickleStorage storage =
                storages.GetValueOrDefault(key)
                ?? throw input.Error("NetworkFile.Damaged", $"expected the name of a tensor's storage. Received: '{key}'.");
            long count = at <= file.Length - sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(file.Read(at, sizeof(long))) : -1;
            at += sizeof(long);
            if (count != storage.Count || !IsWithin(storage, file.Length - at) || !starts.TryAdd(key, at))
            {
                throw Missing(file, storage, at);
            }
            at += count * TensorTypes.SizeOf(storage.Type)!.Value;
        }
        return starts;
    }

    private static bool IsWithin(PickleStorage storage, long bytes) => storage.Count <= bytes / TensorTypes.SizeOf(storage.Type)!.Value;

    private static NetworkFileException Missing(TensorFile file, PickleStorage storage, long offset) =>
        new(
            "NetworkFile.Truncated",
            file.Path,
            string.Create(
                CultureInfo.InvariantCulture,
                $"expected {storage.Count} numbers of type {storage.Type} for '{storage.Key}'. Received: fewer."
            ),
            offset
        );
}
