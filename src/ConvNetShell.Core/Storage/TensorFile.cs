using ConvNetShell.Core.Errors;
using Microsoft.Win32.SafeHandles;

namespace ConvNetShell.Core.Storage;

/// <summary>
/// A file that is read by position. Positions are read when they are asked for, as from a memory map; a map would end the process if
/// somebody shortened the file meanwhile, and its pages would count as memory in use.
/// </summary>
internal sealed class TensorFile : IDisposable
{
    private readonly SafeFileHandle handle;

    /// <summary>Initializes a new instance of the <see cref="TensorFile"/> class: opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NetworkFileException">There is none, or it cannot be read.</exception>
    public TensorFile(string path)
    {
        Path = path;
        try
        {
            if (Directory.Exists(path))
            {
                throw new NetworkFileException("NetworkFile.NotFound", path, "expected a file. Received: a folder.");
            }
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                // Opening a pipe would wait for whoever writes into it.
                throw new NetworkFileException(
                    "NetworkFile.Truncated",
                    path,
                    "expected a file with content. Received: 0 bytes, as an empty file, a pipe or a device has.",
                    0
                );
            }
            handle = File.OpenHandle(path, share: FileShare.Read | FileShare.Delete);
            Length = RandomAccess.GetLength(handle);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NetworkFileException(
                "NetworkFile.NotFound",
                path,
                "expected an existing file. Received: no file of that name.",
                innerException: error
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            handle?.Dispose();
            throw new NetworkFileException("NetworkFile.Unreadable", path, error.Message, innerException: error);
        }
    }

    /// <summary>Gets the file's name.</summary>
    public string Path { get; }

    /// <summary>Gets the bytes the file has.</summary>
    public long Length { get; }

    /// <inheritdoc />
    public void Dispose() => handle.Dispose();

    /// <summary>Fills a span.</summary>
    /// <param name="target">The span.</param>
    /// <param name="offset">Where its bytes begin in the file.</param>
    /// <exception cref="NetworkFileException">The file cannot be read that far.</exception>
    public void Read(Span<byte> target, long offset)
    {
        try
        {
            while (!target.IsEmpty)
            {
                int count = RandomAccess.Read(handle, target, offset);
                if (count == 0)
                {
                    throw new NetworkFileException(
                        "NetworkFile.Truncated",
                        Path,
                        "expected more bytes. Received: the end of the file.",
                        offset
                    );
                }
                target = target[count..];
                offset += count;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NetworkFileException("NetworkFile.Unreadable", Path, error.Message, offset, error);
        }
    }

    /// <summary>Returns bytes; the caller has checked how many.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="NetworkFileException">The file cannot be read that far.</exception>
    public byte[] Read(long offset, int count)
    {
        byte[] bytes = new byte[count];
        Read(bytes, offset);
        return bytes;
    }
}
