using System.Buffers;
using System.Text;
using System.Text.Json;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Files;

namespace ConvNetShell.Core.Interop.ConvNetJS;

/// <summary>ConvNetJS: the JSON of net.toJSON(), or JavaScript with layer_defs, of which only the literals are read.</summary>
internal sealed class ConvNetJsFormat()
    : NetworkFormat("ConvNetJS", "ConvNetJS: net.toJSON(), or layer_defs without weights", ".json", ".js")
{
    /// <summary>The longest file that is read, in bytes.</summary>
    internal const int MaxBytes = 1 << 30;

    private const int MaxDepth = 16;

    /// <inheritdoc />
    public override void Write(string path, Network network, ExportSettings settings)
    {
        RequirePlain(settings);
        RequireNoPreprocessing(settings);
        if (Path.GetExtension(path).Equals(".js", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidSettingException("Path", "a file that ends in .json, as net.toJSON() is no JavaScript", path);
        }
        try
        {
            AtomicFile.Write(
                path,
                file =>
                {
                    using var json = new Utf8JsonWriter(file);
                    ConvNetJsSnapshotWriter.Write(json, network);
                }
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException("Storage.Unwritable", path, $"the file could not be written: {error.Message}", error);
        }
    }

    /// <inheritdoc />
    public override Network Read(string path, ImportSettings settings)
    {
        byte[] bytes = ForeignFile.ReadAll(path, MaxBytes);
        Network network;
        try
        {
            network = Read(bytes);
        }
        catch (JsonException error)
        {
            throw new NetworkFileException("NetworkFile.Damaged", path, $"expected JSON. {error.Message}", Offset(bytes, error), error);
        }
        catch (InvalidOperationException error) // a name or text with half of a character
        {
            throw new NetworkFileException("NetworkFile.Damaged", path, $"expected JSON. {error.Message}", BadText(bytes), error);
        }
        catch (Exception error) when (error is ConvNetException and not MemoryShortageException or OverflowException)
        {
            throw new NetworkFileException("NetworkFile.Unknown", path, error.Message, innerException: error);
        }
        return ForeignFile.Into(path, network, settings);
    }

    private static Network Read(byte[] bytes)
    {
        ReadOnlySpan<byte> content = bytes.AsSpan().TrimStart("\uFEFF \t\r\n"u8);
        if (content.IsEmpty || content[0] != '{')
        {
            return Network.Create(LayerDefs.Parse(Encoding.UTF8.GetString(content)));
        }
        using JsonDocument document = JsonDocument.Parse(
            bytes.AsMemory(bytes.Length - content.Length),
            new JsonDocumentOptions { MaxDepth = MaxDepth }
        );
        return ConvNetJsSnapshot.Read(document.RootElement, content.Length);
    }

    // the first byte that is no UTF-8, if the bytes and not an escape sequence are at fault
    private static long? BadText(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) != OperationStatus.Done)
            {
                return at;
            }
            at += length;
        }
        return null;
    }

    private static long? Offset(byte[] bytes, JsonException error)
    {
        long start = 0;
        for (long line = 0; line < error.LineNumber; line++)
        {
            start += bytes.AsSpan((int)start).IndexOf((byte)'\n') + 1;
        }
        return start + error.BytePositionInLine;
    }
}
