using System.IO.Compression;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Arrays;

/// <summary>
/// NumPy's .npz: a zip archive with one .npy for each array. It is read as a stream and never unpacked to disk; an array may unpack to at
/// most 1 GB, or to its own size where it is not packed.
/// </summary>
internal static class NpzFile
{
    private const int MostArrays = 1000;
    private const long LargestUnpacked = 1L << 30,
        LargestDeflateRatio = 1032; // no deflate stream unpacks to more
    private const string Ending = ".npy";

    /// <summary>Reads the arrays of a file that are wanted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Whether an array of that name is read.</param>
    /// <param name="cancellation">Stops between two arrays.</param>
    /// <returns>The arrays by name, without the ending .npy.</returns>
    /// <exception cref="DataFormatException">It is no such file.</exception>
    public static Dictionary<string, NpyArray> Read(string path, Func<string, bool> wanted, CancellationToken cancellation) =>
        DataFile.Guard(
            path,
            () =>
            {
                using FileStream file = DataFile.Open(path);
                using var archive = new ZipArchive(file, ZipArchiveMode.Read);
                var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
                if (archive.Entries.Count > MostArrays)
                {
                    throw new DataFormatException(
                        "Data.TooLarge",
                        path,
                        FormattableString.Invariant($"expected at most {MostArrays} arrays. Received: {archive.Entries.Count}.")
                    );
                }
                foreach (ZipArchiveEntry entry in archive.Entries)
                {
                    cancellation.ThrowIfCancellationRequested();
                    string name = NameOf(entry, path);
                    if (wanted(name) && !arrays.TryAdd(name, Read(entry, $"{path}/{entry.FullName}", file.Length)))
                    {
                        throw new DataFormatException("Data.DuplicateName", path, $"expected each array once. Received: '{name}' twice.");
                    }
                }
                return arrays;
            }
        );

    private static NpyArray Read(ZipArchiveEntry entry, string path, long fileLength)
    {
        long most =
            entry.CompressedLength == entry.Length ? fileLength : Math.Min(entry.CompressedLength * LargestDeflateRatio, LargestUnpacked);
        using Stream stream = entry.Open();
        return NpyArray.Read(stream, path, Math.Min(entry.Length, most));
    }

    private static string NameOf(ZipArchiveEntry entry, string path)
    {
        string name = entry.FullName;
        if (
            name.Split('/', '\\').Contains("..", StringComparer.Ordinal)
            || name.StartsWith('/')
            || name.Contains(':', StringComparison.Ordinal)
        )
        {
            throw new DataFormatException("Data.UnsafePath", path, $"expected plain names of arrays. Received: '{name}'.");
        }
        return name.EndsWith(Ending, StringComparison.Ordinal) ? name[..^Ending.Length] : name;
    }
}
