using System.Net;
using System.Security.Cryptography;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Download;

/// <summary>A file that is being downloaded: <c>name.part</c> until it is whole and its checksum is right, then renamed.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly KnownFile file;
    private readonly string target;
    private readonly FileStream stream;

    private PartFile(string folder, KnownFile file, FileStream stream)
    {
        Folder = folder;
        this.file = file;
        this.stream = stream;
        target = Path.Combine(folder, file.Name);
    }

    public string Folder { get; }

    /// <summary>Gets how many bytes have come so far.</summary>
    public long Length => stream.Length;

    /// <summary>Opens the part file with the data of an earlier download; <see langword="null"/> if the complete file exists.</summary>
    public static PartFile? Open(string folder, KnownFile file)
    {
        string target = Path.Combine(folder, file.Name);
        if (File.Exists(target) && new FileInfo(target).Length == file.Bytes && Md5(target) == file.Md5)
        {
            return null;
        }
        try
        {
            Directory.CreateDirectory(folder);
            if (new FileInfo(target + ".part").LinkTarget is { } link)
            {
                throw new StorageException(
                    "Storage.Link",
                    target + ".part",
                    $"expected a file, or nothing yet. Received: a link to '{link}', which is not written through. Remove it."
                );
            }
            var stream = new FileStream(target + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (stream.Length > file.Bytes)
            {
                stream.SetLength(0);
            }
            long free = FreeSpace(Path.GetFullPath(folder)),
                needed = file.Bytes - stream.Length;
            if (free < needed)
            {
                stream.Dispose();
                throw new StorageException(
                    "Storage.Full",
                    folder,
                    FormattableString.Invariant(
                        $"expected {needed / 1e6:0.0} MB of free space for {file.Name}. Received: {free / 1e6:0.0} MB."
                    )
                );
            }
            return new PartFile(folder, file, stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, file, error);
        }
    }

    /// <summary>Appends the data of a response. Returns the network's error, or <see langword="null"/>.</summary>
    public async Task<string?> ReceiveAsync(
        HttpResponseMessage response,
        DownloadPace pace,
        Action<long> tell,
        CancellationToken cancellation
    )
    {
        // Anything but the range that was asked for means: from the start.
        bool continues = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == Length;
        if (!continues)
        {
            stream.SetLength(0);
        }
        if (response.StatusCode != HttpStatusCode.OK && !continues)
        {
            return "did not accept the range of bytes that is still missing";
        }
        if (response.Content.Headers.ContentLength is { } offered && offered + Length != file.Bytes)
        {
            return FormattableString.Invariant($"expected {file.Bytes} bytes. Received: {offered + Length}");
        }
        stream.Position = Length;
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                return await CopyAsync(body, pace, idle, tell).ConfigureAwait(false);
            }
        }
        catch (Exception error)
            when (error is HttpRequestException or IOException
                || (error is OperationCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            return error is OperationCanceledException ? "stopped sending" : $"broke off ({error.Message})";
        }
    }

    /// <summary>Verifies the complete file and gives it its name. Returns the fault, or <see langword="null"/>.</summary>
    public string? Complete()
    {
        if (Length != file.Bytes)
        {
            return FormattableString.Invariant($"expected {file.Bytes} bytes. Received: {Length}");
        }
        stream.Position = 0;
        string md5 = Convert.ToHexStringLower(MD5.HashData(stream));
        if (md5 != file.Md5)
        {
            stream.SetLength(0);
            return $"expected the checksum {file.Md5}. Received: {md5}";
        }
        stream.Dispose();
        try
        {
            File.Move(target + ".part", target, overwrite: true);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(Folder, file, error);
        }
    }

    /// <summary>Closes the file. A partial file stays for the next download; an empty one is deleted.</summary>
    public void Dispose()
    {
        bool empty = !stream.SafeFileHandle.IsClosed && Length == 0;
        stream.Dispose();
        if (empty)
        {
            File.Delete(target + ".part");
        }
    }

    /// <summary>The free bytes on a folder's drive; a Windows network share has no drive to ask.</summary>
    private static long FreeSpace(string folder) =>
        folder.StartsWith(@"\\", StringComparison.Ordinal) ? long.MaxValue : new DriveInfo(folder).AvailableFreeSpace;

    private async Task<string?> CopyAsync(Stream body, DownloadPace pace, CancellationTokenSource idle, Action<long> tell)
    {
        var buffer = new byte[1 << 17];
        while (true)
        {
            idle.CancelAfter(pace.Window);
            int count = await body.ReadAsync(buffer, idle.Token).ConfigureAwait(false);
            if (count == 0)
            {
                return Length < file.Bytes ? "broke off" : null;
            }
            if (Length + count > file.Bytes)
            {
                stream.SetLength(0);
                return FormattableString.Invariant($"expected {file.Bytes} bytes. Received: more");
            }
            Write(buffer.AsSpan(0, count));
            tell(Length);
            if (pace.Add(count))
            {
                return Length < file.Bytes ? pace.ToString() : null;
            }
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
        }
        catch (IOException error)
        {
            throw new StorageException("Storage.Full", Folder, $"expected room for {file.Name}. Received: {error.Message}", error);
        }
    }

    private static string Md5(string path) =>
        DataFile.Guard(
            path,
            () =>
            {
                using FileStream whole = File.OpenRead(path);
                return Convert.ToHexStringLower(MD5.HashData(whole));
            }
        );

    private static StorageException Unwritable(string folder, KnownFile file, Exception error) =>
        new("Storage.Unwritable", folder, $"expected a folder to put {file.Name} in. Received: {error.Message}", error);
}
