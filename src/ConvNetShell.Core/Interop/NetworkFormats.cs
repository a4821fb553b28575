using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Cnsh;
using ConvNetShell.Core.Interop.ConvNetJS;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Interop.Keras;
using ConvNetShell.Core.Interop.Onnx;
using ConvNetShell.Core.Interop.Pickle;
using ConvNetShell.Core.Interop.SafeTensors;

namespace ConvNetShell.Core.Interop;

/// <summary>The formats of files of networks: the one list of them.</summary>
public static class NetworkFormats
{
    /// <summary>Gets the formats.</summary>
    public static IReadOnlyList<INetworkFormat> All { get; } =
    [
        new CnshFormat(),
        new SafeTensorsFormat(),
        new OnnxFormat(),
        new ConvNetJsFormat(),
        new PickleFormat(),
        new KerasFormat(),
        new CheckpointFormat(),
    ];

    /// <summary>Returns the format of a file that is to be written.</summary>
    /// <param name="path">The file; its ending says the format where no name is given.</param>
    /// <param name="name">The format's name, in any case, or <see langword="null"/>.</param>
    /// <returns>The format.</returns>
    /// <exception cref="InvalidSettingException">The ending is that of no format.</exception>
    /// <exception cref="NameNotFoundException">There is no format of that name.</exception>
    public static INetworkFormat ForWriting(string path, string? name = null) => Find(path, name, format => format.CanWrite);

    /// <summary>Returns the format of a file that is to be read.</summary>
    /// <param name="path">The file; its ending says the format where no name is given.</param>
    /// <param name="name">The format's name, in any case, or <see langword="null"/>.</param>
    /// <returns>The format.</returns>
    /// <exception cref="InvalidSettingException">The ending is that of no format.</exception>
    /// <exception cref="NameNotFoundException">There is no format of that name.</exception>
    public static INetworkFormat ForReading(string path, string? name = null) => Find(path, name, format => format.CanRead);

    /// <summary>Passes where a file can be written without loss.</summary>
    /// <param name="path">The file.</param>
    /// <param name="replace">Whether one that is there may be replaced.</param>
    /// <exception cref="StorageException">There is one already, or a folder, or the folder for it is missing.</exception>
    public static void RequireFree(string path, bool replace)
    {
        if (Directory.Exists(path))
        {
            throw new StorageException("Storage.Unwritable", path, "expected the name of a file. Received: a folder.");
        }
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new StorageException("Storage.Unwritable", path, $"expected a file in an existing folder. Received: no folder {folder}.");
        }
        if (File.Exists(path) && !replace)
        {
            throw new StorageException("Storage.Exists", path, "expected a new file. Received: one that is there. -Force replaces it.");
        }
    }

    private static INetworkFormat Find(string path, string? name, Func<INetworkFormat, bool> isFit)
    {
        INetworkFormat[] formats = [.. All.Where(isFit)];
        if (name is not null)
        {
            return Array.Find(formats, format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new NameNotFoundException("Format.NotFound", "Format", formats.Select(format => format.Name), name);
        }
        string ending = Path.GetExtension(path).ToLowerInvariant();
        return Array.Find(formats, format => format.Extensions.Contains(ending))
            ?? throw new InvalidSettingException(
                "Path",
                $"a file that ends in {string.Join(", ", formats.SelectMany(format => format.Extensions))}, or come with -Format",
                path
            );
    }
}
