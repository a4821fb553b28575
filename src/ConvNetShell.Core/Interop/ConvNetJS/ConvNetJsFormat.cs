using System.Text;
using System.Text.Json;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
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
            IReadOnlyList<ConvNetJsDefinition> definitions = LayerDefsReader.Read(Encoding.UTF8.GetString(content));
            return FromDefinitions(definitions);
        }
        using JsonDocument document = JsonDocument.Parse(
            bytes.AsMemory(bytes.Length - content.Length),
            new JsonDocumentOptions { MaxDepth = MaxDepth }
        );
        return ConvNetJsSnapshot.Read(document.RootElement, content.Length);
    }

    private static Network FromDefinitions(IReadOnlyList<ConvNetJsDefinition> definitions)
    {
        IEnumerable<LayerSpec> layers = definitions.SelectMany(ConvNetJsSpecs.Of);
        return Network.Create(ImportedPlan.Fit(layers, ConvNetJsSpecs.Input(definitions), ImportedPlan.MaxValues));
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
