using System.IO.Compression;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Images;

/// <summary>Opens data files, packed or plain, so that whatever is wrong with one is reported by its name.</summary>
internal static class DataFile
{
    /// <summary>The largest array .NET makes, and so the most bytes a split can have.</summary>
    public const long LargestArray = 0x7FFFFFC7;

    /// <summary>Opens a file for reading; gzip is known by its first two bytes, not by the file's name.</summary>
    public static Stream OpenUnpacked(string path, out bool packed)
    {
        FileStream file = Open(path);
        packed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return packed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    public static FileStream Open(string path) =>
        Guard(
            path,
            () =>
            {
                RequireContent(path);
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            }
        );

    /// <summary>Reads a text file that is small by its nature, such as a list of classes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes.</param>
    public static string[] ReadLines(string path, int most = 1 << 20) =>
        Guard(
            path,
            () =>
            {
                RequireContent(path);
                long length = new FileInfo(path).Length;
                return length <= most
                    ? File.ReadAllLines(path)
                    : throw new DataFormatException(
                        "Data.TooLarge",
                        path,
                        FormattableString.Invariant($"expected at most {most} bytes of text. Received: {length} bytes.")
                    );
            }
        );

    /// <summary>Refuses pipes and devices, whose length is 0 and which could keep a reader waiting for ever, and empty files.</summary>
    /// <exception cref="DataFormatException">The file has no length.</exception>
    public static void RequireContent(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 })
        {
            throw new DataFormatException(
                "Data.Truncated",
                path,
                "expected a file with content. Received: 0 bytes, as an empty file, a pipe or a device has."
            );
        }
    }

    /// <summary>Runs a read and turns the runtime's exceptions about bad or unreadable files into an error that names the file.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException error)
        {
            throw new DataFormatException(
                "Data.Truncated",
                path,
                "expected more data. Received: the end of the file; it was cut short, copy or download it again.",
                error
            );
        }
        catch (InvalidDataException error)
        {
            throw new DataFormatException(
                "Data.BrokenArchive",
                path,
                $"expected a complete archive. Received: damaged data ({error.Message}); copy or download it again.",
                error
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFormatException("Data.Unreadable", path, $"expected a file that can be read. Received: {error.Message}", error);
        }
    }
}
