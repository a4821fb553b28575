using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Files;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Storage;

/// <summary>
/// Writes safetensors files, with a checksum of the whole file among the metadata. A file is written under a temporary name and renamed,
/// so that it exists completely or not at all.
/// </summary>
internal static class SafeTensorsWriter
{
    /// <summary>The name of the checksum among the metadata.</summary>
    public const string ChecksumKey = "convnetshell.sha256";

    private const int Alignment = 8;

    /// <summary>Gets the text that stands for the checksum while it is computed.</summary>
    public static string NoChecksum { get; } = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>Writes a file; takes no more memory than twice the largest tensor that is not contiguous or not on the CPU.</summary>
    /// <param name="path">The file; one that is there is replaced when the new one is whole.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Texts to keep beside them.</param>
    /// <exception cref="StorageException">It cannot be written; what was there before is as it was.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        // The widest types come first, so that each tensor is aligned to its values.
        (string Name, Tensor Value)[] ordered = [.. tensors.OrderByDescending(tensor => tensor.Value.ElementSize)];
        byte[] header = Header(ordered, metadata);
        try
        {
            AtomicFile.Write(path, file => Write(file, header, ordered));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The last of these is how .NET says that a file has become too large.
            throw new StorageException("Storage.Unwritable", path, $"the file could not be written: {error.Message}", error);
        }
    }

    private static void Write(Stream file, byte[] header, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        var checksum = Task.Run(() => Checksum(header, tensors)); // takes as long as writing does
        try
        {
            file.Write(header);
            foreach ((_, Tensor value) in tensors)
            {
                TensorBytes.Read(value, (part, _) => file.Write(part));
            }
        }
        finally
        {
            checksum.Wait(); // the tensors may be freed afterwards
        }
        byte[] key = Encoding.UTF8.GetBytes($"\"{ChecksumKey}\":\"");
        file.Seek(header.AsSpan().IndexOf(key) + key.Length, SeekOrigin.Begin);
        file.Write(Encoding.UTF8.GetBytes(checksum.Result));
    }

    private static string Checksum(byte[] header, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach ((_, Tensor value) in tensors)
        {
            TensorBytes.Read(value, (part, _) => hash.AppendData(part));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Header(IReadOnlyList<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Advance(Prefix(buffer));
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString(ChecksumKey, NoChecksum); // first, so that no text of a user can stand before it
            foreach ((string key, string text) in metadata.Where(pair => pair.Key != ChecksumKey))
            {
                json.WriteString(key, text);
            }
            json.WriteEndObject();
            long at = 0;
            foreach ((string name, Tensor value) in tensors)
            {
                long bytes = value.NumberOfElements * value.ElementSize;
                json.WriteStartObject(name);
                json.WriteString("dtype", TensorTypes.NameOf(value.dtype));
                Write(json, "shape", value.shape);
                Write(json, "data_offsets", [at, at + bytes]);
                json.WriteEndObject();
                at += bytes;
            }
            json.WriteEndObject();
        }
        int padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.Write(Encoding.ASCII.GetBytes(new string(' ', padding)));
        byte[] header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - SafeTensorsHeader.PrefixLength);
        return header;
    }

    private static int Prefix(ArrayBufferWriter<byte> buffer)
    {
        buffer.GetSpan(SafeTensorsHeader.PrefixLength)[..SafeTensorsHeader.PrefixLength].Clear();
        return SafeTensorsHeader.PrefixLength;
    }

    private static void Write(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        Array.ForEach(numbers, json.WriteNumberValue);
        json.WriteEndArray();
    }
}
