using System.Formats.Tar;
using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Data.Streams;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// Reads chosen files of a tar archive (packed with gzip or not) into memory. Nothing is ever unpacked to disk, and yet an archive
/// with a path that climbs out, an absolute path or a link is refused, because no dataset has one.
/// </summary>
internal static class TarMembers
{
    /// <summary>The most bytes an archive may declare in all: 512 MB; CIFAR-100, the largest here, has 0.2 GB.</summary>
    private const long LargestArchive = 512L << 20;
    private const int MostEntries = 10_000;

    public static Dictionary<string, byte[]> Read(string path, Func<string, bool> wanted, ReadOptions options) =>
        DataFile.Guard(
            path,
            () =>
            {
                using Stream unpacked = DataFile.OpenUnpacked(path, out _);
                using var reader = new TarReader(new TarHeaderCheck(unpacked));
                var members = new Dictionary<string, byte[]>(StringComparer.Ordinal);
                long declared = 0;
                int entries = 0;
                while (Next(reader, path) is { } entry)
                {
                    options.Cancellation.ThrowIfCancellationRequested();
                    CheckSafe(entry, path);
                    declared += entry.Length;
                    string name = entry.Name.Split('/', '\\')[^1];
                    if (declared > LargestArchive || ++entries > MostEntries)
                    {
                        throw new DataFormatException(
                            "Data.TooLarge",
                            path,
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"expected at most {LargestArchive} bytes and {MostEntries} files in all. Received: {declared} bytes and "
                                    + $"{entries} files up to '{entry.Name}'."
                            )
                        );
                    }
                    if (entry.DataStream is not null && wanted(name))
                    {
                        members[name] = ReadMember(entry.DataStream, entry.Length);
                        options.Progress?.Report(new DataProgress($"Reading {Path.GetFileName(path)}", declared, 0, "bytes"));
                    }
                }
                return members;
            }
        );

    /// <summary>Reads in growing steps: a header may declare any length, and memory is spent only on bytes that really come.</summary>
    private static byte[] ReadMember(Stream stream, long length)
    {
        const int step = 32 << 20;
        var bytes = new byte[(int)Math.Min(length, step)];
        int done = 0;
        while (true)
        {
            stream.ReadExactly(bytes, done, bytes.Length - done);
            done = bytes.Length;
            if (done == length)
            {
                return bytes;
            }
            Array.Resize(ref bytes, (int)Math.Min(length, done * 2L));
        }
    }

    private static TarEntry? Next(TarReader reader, string path)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidOperationException or ArgumentException)
        {
            throw new DataFormatException("Data.BrokenArchive", path, $"expected a tar archive. Received: {error.Message}", error);
        }
    }

    private static void CheckSafe(TarEntry entry, string path)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
        {
            return;
        }
        string name = entry.Name;
        bool climbs = name.Split('/', '\\').Contains("..", StringComparer.Ordinal);
        bool absolute = name.StartsWith('/') || name.StartsWith('\\') || (name.Length > 1 && name[1] == ':');
        if (climbs || absolute)
        {
            throw Unsafe(path, $"expected paths inside the archive's own folder. Received: '{name}'.");
        }
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.Directory))
        {
            string target = string.IsNullOrEmpty(entry.LinkName) ? string.Empty : $" to '{entry.LinkName}'";
            throw Unsafe(path, $"expected files and folders only. Received: '{name}', a {entry.EntryType}{target}.");
        }
    }

    private static DataFormatException Unsafe(string path, string message) => new("Data.UnsafePath", path, message);
}
