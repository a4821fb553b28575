using System.IO.Compression;
using System.Text;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Storage;
using ConvNetShell.Display.Files;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>Writes a dictionary of tensors as torch.save does since PyTorch 1.6: a ZIP file without compression.</summary>
internal static class TorchWriter
{
    // as in torch.save; a file is the same whenever it is written
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a file; takes no more memory than the largest tensor that is not contiguous or not on the CPU.</summary>
    /// <param name="path">The file; one that is there is replaced when the new one is whole.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <exception cref="StorageException">It cannot be written; what was there before is as it was.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        try
        {
            AtomicFile.Write(path, file => Write(file, tensors));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            throw new StorageException("Storage.Unwritable", path, $"the file could not be written: {error.Message}", error);
        }
    }

    private static void Write(Stream file, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        Entry(zip, "data.pkl", stream => stream.Write(PickleWriter.Write(tensors)));
        foreach ((int key, (_, Tensor value)) in tensors.Index())
        {
            Entry(zip, $"data/{key}", stream => TensorBytes.Read(value, (part, _) => stream.Write(part)));
        }
        Entry(zip, "version", stream => stream.Write(Encoding.ASCII.GetBytes("3\n")));
    }

    private static void Entry(ZipArchive zip, string name, Action<Stream> write)
    {
        ZipArchiveEntry entry = zip.CreateEntry("archive/" + name, CompressionLevel.NoCompression);
        entry.LastWriteTime = Earliest;
        using Stream stream = entry.Open();
        write(stream);
    }
}
