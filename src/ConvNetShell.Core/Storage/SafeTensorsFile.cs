using System.Security.Cryptography;
using System.Text;
using ConvNetShell.Core.Errors;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Storage;

/// <summary>
/// An open safetensors file. TorchSharp.PyBridge reads this format too, but whole and without checks of offsets, sizes and names; a file
/// may come from anywhere, and one of 2 GB is to be listed in milliseconds.
/// </summary>
internal sealed class SafeTensorsFile : ITensorSource
{
    private const int BufferLength = 1 << 20;
    private readonly TensorFile file;
    private readonly SafeTensorsHeader header;

    private SafeTensorsFile(TensorFile file, SafeTensorsHeader header) => (this.file, this.header) = (file, header);

    /// <inheritdoc />
    public string Path => file.Path;

    /// <inheritdoc />
    public IReadOnlyList<TensorEntry> Tensors => header.Tensors;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NetworkFileException">There is none, or it is no safetensors file.</exception>
    public static SafeTensorsFile Open(string path)
    {
        var file = new TensorFile(path);
        try
        {
            return new SafeTensorsFile(file, SafeTensorsHeader.Read(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    /// <inheritdoc />
    public void Read(TensorEntry entry, Tensor target)
    {
        ScalarType type =
            TensorTypes.Find(entry.Type)
            ?? throw new NetworkFileException(
                "NetworkFile.Unsupported",
                Path,
                $"expected '{entry.Name}' of a type that libtorch computes with. Received: {entry.Type}.",
                entry.Offset
            );
        TensorBytes.Fill(target, type, (part, offset) => file.Read(part, entry.Offset + offset));
    }

    /// <summary>Passes where the checksum that <see cref="SafeTensorsWriter"/> wrote is that of the file.</summary>
    /// <exception cref="NetworkFileException">It is another, or there is none.</exception>
    public void RequireWhole()
    {
        string? stored = Metadata.GetValueOrDefault(SafeTensorsWriter.ChecksumKey);
        if (stored?.Length != SafeTensorsWriter.NoChecksum.Length || Checksum(stored) != stored)
        {
            throw new NetworkFileException(
                "NetworkFile.Damaged",
                Path,
                $"expected the checksum of the file in its metadata. Received: {stored ?? "none"}; the file was cut short or changed."
            );
        }
    }

    /// <summary>Returns the SHA-256 of all bytes, those of the stored checksum as zeros.</summary>
    private string Checksum(string stored)
    {
        byte[] json = [.. header.Json];
        int at = json.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\"{SafeTensorsWriter.ChecksumKey}\":\"{stored}\""));
        if (at < 0)
        {
            return string.Empty;
        }
        Encoding.UTF8.GetBytes(SafeTensorsWriter.NoChecksum, json.AsSpan(at + SafeTensorsWriter.ChecksumKey.Length + 4));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file.Read(0, SafeTensorsHeader.PrefixLength));
        hash.AppendData(json);
        byte[] part = new byte[BufferLength];
        for (long start = header.DataStart; start < file.Length; start += part.Length)
        {
            Span<byte> read = part.AsSpan(0, (int)Math.Min(part.Length, file.Length - start));
            file.Read(read, start);
            hash.AppendData(read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
