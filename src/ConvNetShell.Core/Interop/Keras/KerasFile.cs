using System.Text;
using System.Text.Json;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Storage;
using ConvNetShell.Core.Storage.Hdf5;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>An open file of Keras: the JSON of the model, and the variables.</summary>
internal sealed class KerasFile : IDisposable
{
    private const int MostConfig = 64 << 20,
        MaxDepth = 64;

    private const string ConfigName = "config.json",
        WeightsName = "model.weights.h5";

    private readonly TensorFile file;
    private readonly JsonDocument? config;

    private KerasFile(TensorFile file)
    {
        this.file = file;
        bool isZip = file.Length >= 2 && file.Read(0, 2).AsSpan().SequenceEqual("PK"u8);
        (config, Store) = isZip ? Zip() : Plain();
    }

    /// <summary>Gets the model, or <see langword="null"/> where the file has weights only.</summary>
    public JsonElement? Config => config?.RootElement;

    /// <summary>Gets the variables.</summary>
    public KerasStore Store { get; }

    /// <summary>Gets the size in bytes; a network never has more parameters.</summary>
    public long Length => file.Length;

    /// <summary>Gets the file's name.</summary>
    public string Path => file.Path;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NetworkFileException">There is none, or it is damaged.</exception>
    public static KerasFile Open(string path)
    {
        var file = new TensorFile(path);
        try
        {
            return new KerasFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        config?.Dispose();
        file.Dispose();
    }

    private (JsonDocument?, KerasStore) Zip()
    {
        var zip = StoredZip.Read(file);
        (long start, long length) = Entry(zip, ConfigName);
        if (length > MostConfig)
        {
            throw new NetworkFileException("NetworkFile.TooLarge", Path, $"expected a {ConfigName} of at most {MostConfig} bytes.", start);
        }
        (long first, long size) = Entry(zip, WeightsName);
        var root = Hdf5Object.Open(file, first, size);
        return (Parse(file.Read(start, (int)length), start), new KerasStore(file, root, size));
    }

    private (long, long) Entry(StoredZip zip, string name) =>
        zip.Find(name)
        ?? throw new NetworkFileException("NetworkFile.Unknown", Path, $"expected an entry {name}. Received: a ZIP file without.");

    private (JsonDocument?, KerasStore) Plain()
    {
        if (!file.Read(0, (int)Math.Min(Hdf5Superblock.Signature.Length, file.Length)).AsSpan().SequenceEqual(Hdf5Superblock.Signature))
        {
            throw new NetworkFileException(
                "NetworkFile.Unknown",
                Path,
                $"expected a file of Keras: a ZIP file, or HDF5. Received: {FileSignature.Describe(file)}.",
                0
            );
        }
        var root = Hdf5Object.Open(file, 0, file.Length);
        string? model = root.Texts("model_config") is [var text] ? text : null;
        return (
            model is null ? null : Parse(Encoding.UTF8.GetBytes(model), null),
            new KerasStore(file, root.Find("model_weights") ?? root, file.Length)
        );
    }

    private JsonDocument Parse(byte[] json, long? start)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException error)
        {
            throw new NetworkFileException(
                "NetworkFile.Damaged",
                Path,
                $"expected the model as JSON. {error.Message}",
                start + error.BytePositionInLine,
                error
            );
        }
    }
}
