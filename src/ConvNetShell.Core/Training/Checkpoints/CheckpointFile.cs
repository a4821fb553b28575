using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Files;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>
/// The form of a checkpoint: eight letters, the length of the header, the header in JSON, the tensors' bytes, and the SHA-256 of all that.
/// It holds numbers
/// and names; nothing in it is ever executed. A file is written under a temporary name and renamed, so that it exists completely or not at
/// all.
/// </summary>
internal static class CheckpointFile
{
    private const int PrefixLength = 16,
        BufferLength = 1 << 20,
        MostHeader = 1 << 28;

    private static readonly byte[] Magic = "CNSHCKP1"u8.ToArray();

    /// <summary>How a header is written: enumerations by name, NaN by name, no unknown members.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes a checkpoint; takes no more memory than the largest tensor.</summary>
    /// <param name="path">The file; one that is there is replaced when the new one is whole.</param>
    /// <param name="header">The header, its tensors left out.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <exception cref="StorageException">It cannot be written; what was there before is as it was.</exception>
    public static void Write(string path, CheckpointHeader header, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        try
        {
            AtomicFile.Write(path, file => Write(file, header, tensors));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The last of these is how .NET says that a file has become too large.
            throw new StorageException("Storage.Unwritable", path, $"the checkpoint could not be written: {error.Message}", error);
        }
    }

    /// <summary>Reads a checkpoint's header and checks every byte of the file; the tensors are read when they are needed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">It is damaged, or no checkpoint.</exception>
    public static (CheckpointHeader Header, StoredTensors Tensors) Read(string path)
    {
        SafeFileHandle file = Open(path);
        try
        {
            return Read(path, file, RandomAccess.GetLength(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Fills a span from a file.</summary>
    /// <param name="path">The file, for the error.</param>
    /// <param name="file">The open file.</param>
    /// <param name="target">What is filled.</param>
    /// <param name="offset">Where the bytes begin.</param>
    /// <exception cref="CheckpointException">The file cannot be read that far.</exception>
    public static void ReadExactly(string path, SafeFileHandle file, Span<byte> target, long offset)
    {
        try
        {
            while (!target.IsEmpty)
            {
                int count = RandomAccess.Read(file, target, offset);
                if (count == 0)
                {
                    throw new EndOfStreamException("The file became shorter while it was read.");
                }
                target = target[count..];
                offset += count;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException("Checkpoint.Unreadable", path, error.Message, error);
        }
    }

    private static (CheckpointHeader Header, StoredTensors Tensors) Read(string path, SafeFileHandle file, long length)
    {
        byte[] prefix = new byte[Math.Min(PrefixLength, length)];
        ReadExactly(path, file, prefix, 0);
        if (!prefix.AsSpan().StartsWith(Magic))
        {
            throw new CheckpointException(
                "Checkpoint.Unknown",
                path,
                $"expected a checkpoint, which begins with {Encoding.ASCII.GetString(Magic)}. Received: {length} bytes that do not."
            );
        }
        long end = length - SHA256.HashSizeInBytes;
        if (end < PrefixLength || !IsWhole(path, file, end))
        {
            throw new CheckpointException(
                "Checkpoint.Damaged",
                path,
                $"its checksum does not fit its {length} bytes: it was cut short or changed. Use an earlier checkpoint of the folder."
            );
        }
        try
        {
            CheckpointHeader header = Header(path, file, prefix, end);
            long at = PrefixLength + BinaryPrimitives.ReadInt64LittleEndian(prefix.AsSpan(Magic.Length));
            var tensors = new Dictionary<string, (TensorEntry, long)>(StringComparer.Ordinal);
            foreach (TensorEntry entry in header.Tensors)
            {
                tensors.Add(entry.Name, (entry, at));
                at = checked(at + (entry.Bytes >= 0 ? entry.Bytes : throw new OverflowException("A tensor has less than no bytes.")));
            }
            return at == end
                ? (header, new StoredTensors(path, file, tensors))
                : throw new ArgumentException(FormattableString.Invariant($"Its tensors end at byte {at}, the file at byte {end}."));
        }
        catch (Exception error)
            when (error is JsonException or ArgumentException or OverflowException or FormatException or InvalidOperationException
                || error is ConvNetException and not CheckpointException
            )
        {
            throw new CheckpointException(
                "Checkpoint.Unknown",
                path,
                $"expected a run of this version of ConvNetShell. Received: {error.Message}",
                error
            );
        }
    }

    private static CheckpointHeader Header(string path, SafeFileHandle file, byte[] prefix, long end)
    {
        long length = BinaryPrimitives.ReadInt64LittleEndian(prefix.AsSpan(Magic.Length));
        if (length < 0 || length > Math.Min(end - PrefixLength, MostHeader))
        {
            throw new OverflowException(FormattableString.Invariant($"Its header cannot have {length} bytes."));
        }
        byte[] json = new byte[length];
        ReadExactly(path, file, json, PrefixLength);
        CheckpointHeader header =
            JsonSerializer.Deserialize<CheckpointHeader>(json, Json) ?? throw new ArgumentException("a header without content");
        if (header.Format == CheckpointHeader.CurrentFormat)
        {
            HeaderCheck.Require(header);
            return header;
        }
        throw new CheckpointException(
            "Checkpoint.Unknown",
            path,
            FormattableString.Invariant(
                $"expected format {CheckpointHeader.CurrentFormat}. Received: {header.Format}, of another version of ConvNetShell."
            )
        );
    }

    private static bool IsWhole(string path, SafeFileHandle file, long end)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] part = new byte[BufferLength];
        for (long at = 0; at < end; at += part.Length)
        {
            Span<byte> read = part.AsSpan(0, (int)Math.Min(part.Length, end - at));
            ReadExactly(path, file, read, at);
            hash.AppendData(read);
        }
        byte[] stored = new byte[SHA256.HashSizeInBytes];
        ReadExactly(path, file, stored, end);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(stored);
    }

    private static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, share: FileShare.Read | FileShare.Delete);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException("Checkpoint.Unreadable", path, error.Message, error);
        }
    }

    private static void Write(Stream file, CheckpointHeader header, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        TensorEntry[] entries = [.. tensors.Select(tensor => TensorBytes.Entry(tensor.Name, tensor.Value))];
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header with { Tensors = entries }, Json);
        byte[] prefix = new byte[PrefixLength];
        Magic.CopyTo(prefix, 0);
        BinaryPrimitives.WriteInt64LittleEndian(prefix.AsSpan(Magic.Length), json.Length);
        Append(prefix);
        Append(json);
        foreach ((_, Tensor value) in tensors)
        {
            TensorBytes.Read(value, (part, _) => Append(part));
        }
        file.Write(hash.GetHashAndReset());

        void Append(ReadOnlySpan<byte> part)
        {
            hash.AppendData(part);
            file.Write(part);
        }
    }
}
