using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConvNetShell.Core.Errors;
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
    private const int PrefixLength = 16;
    private static readonly byte[] Magic = "CNSHCKP1"u8.ToArray();

    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Writes a checkpoint.</summary>
    /// <exception cref="StorageException">It cannot be written; an existing file stays as it was.</exception>
    public static void Write(string path, CheckpointHeader header, IReadOnlyList<(TensorEntry Entry, byte[] Bytes)> tensors)
    {
        string beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                byte[] json = JsonSerializer.SerializeToUtf8Bytes(
                    header with
                    {
                        Tensors = [.. tensors.Select(tensor => tensor.Entry)],
                    },
                    Json
                );
                byte[] prefix = new byte[PrefixLength];
                Magic.CopyTo(prefix, 0);
                BinaryPrimitives.WriteInt64LittleEndian(prefix.AsSpan(Magic.Length), json.Length);
                foreach (byte[] part in tensors.Select(tensor => tensor.Bytes).Prepend(json).Prepend(prefix))
                {
                    hash.AppendData(part);
                    file.Write(part);
                }
                file.Write(hash.GetHashAndReset());
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(beside);
            throw new StorageException("Storage.Unwritable", path, $"the checkpoint could not be written: {error.Message}", error);
        }
    }

    /// <summary>Reads a checkpoint and checks every byte of it.</summary>
    /// <exception cref="CheckpointException">It is damaged, or no checkpoint.</exception>
    public static (CheckpointHeader Header, IReadOnlyDictionary<string, (TensorEntry Entry, ReadOnlyMemory<byte> Bytes)> Tensors) Read(
        string path
    )
    {
        byte[] bytes = ReadBytes(path);
        ReadOnlySpan<byte> all = bytes;
        if (all.Length < Magic.Length || !all[..Magic.Length].SequenceEqual(Magic))
        {
            throw new CheckpointException(
                "Checkpoint.Unknown",
                path,
                $"expected a checkpoint, which begins with {Encoding.ASCII.GetString(Magic)}. Received: {all.Length} bytes that do not."
            );
        }
        int end = all.Length - SHA256.HashSizeInBytes;
        if (end < PrefixLength || !SHA256.HashData(all[..end]).AsSpan().SequenceEqual(all[end..]))
        {
            throw new CheckpointException(
                "Checkpoint.Damaged",
                path,
                $"its checksum does not match its {all.Length} bytes: it was cut short or changed. Use an earlier checkpoint of the folder."
            );
        }
        try
        {
            int length = checked((int)BinaryPrimitives.ReadInt64LittleEndian(all[Magic.Length..]));
            CheckpointHeader header = JsonSerializer.Deserialize<CheckpointHeader>(all.Slice(PrefixLength, length), Json)!;
            var tensors = new Dictionary<string, (TensorEntry, ReadOnlyMemory<byte>)>(StringComparer.Ordinal);
            int at = PrefixLength + length;
            foreach (TensorEntry entry in header.Tensors)
            {
                tensors.Add(entry.Name, (entry, bytes.AsMemory(at, checked((int)entry.Bytes))));
                at += (int)entry.Bytes;
            }
            return header.Format == CheckpointHeader.CurrentFormat
                ? (header, tensors)
                : throw new CheckpointException(
                    "Checkpoint.Unknown",
                    path,
                    FormattableString.Invariant(
                        $"expected format {CheckpointHeader.CurrentFormat}. Received: {header.Format}, of another version of ConvNetShell."
                    )
                );
        }
        catch (Exception error) when (error is JsonException or ArgumentException or OverflowException or InvalidSettingException)
        {
            throw new CheckpointException(
                "Checkpoint.Unknown",
                path,
                $"it is complete, but not of this version of ConvNetShell: {error.Message}",
                error
            );
        }
    }

    /// <summary>Turns a tensor into a checkpoint's entry.</summary>
    public static (TensorEntry Entry, byte[] Bytes) Pack(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        Tensor bare = tensor.detach().cpu().contiguous();
        byte[] bytes = bare.bytes.ToArray();
        return (new TensorEntry(name, bare.dtype.ToString(), bare.shape, bytes.LongLength), bytes);
    }

    /// <summary>Copies a checkpoint's entry into a tensor of the same shape.</summary>
    public static void Unpack((TensorEntry Entry, ReadOnlyMemory<byte> Bytes) stored, Tensor target)
    {
        using var noGradients = no_grad();
        using Tensor whole = empty(stored.Entry.Shape, Enum.Parse<ScalarType>(stored.Entry.Type));
        stored.Bytes.Span.CopyTo(whole.bytes);
        target.copy_(whole);
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException("Checkpoint.Unreadable", path, error.Message, error);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first error is reported; a leftover temporary file does no harm.
        }
    }
}
