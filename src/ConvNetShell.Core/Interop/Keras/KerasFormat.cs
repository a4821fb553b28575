using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>Keras: .keras files, .h5 files with a model, and .weights.h5 for a network that is there. Only data is read of them.</summary>
internal sealed class KerasFormat()
    : NetworkFormat("Keras", "Keras: a model without branches, or weights for -Into", ".keras", ".h5", ".hdf5")
{
    /// <summary>The identifier of errors about code in a file.</summary>
    internal const string Unsafe = "NetworkFile.Unsafe";

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override Network Read(string path, ImportSettings settings)
    {
        using KerasFile file = KerasFile.Open(path);
        try
        {
            if (file.Config is { } config)
            {
                return ForeignFile.Into(path, KerasImporter.Import(file, config, settings.Warn), settings);
            }
            Network into =
                settings.Into
                ?? throw new NetworkFileException(
                    "NetworkFile.Unknown",
                    path,
                    "expected -Into a network: a file of Keras weights has no layers. Received: weights only."
                );
            using var weights = new KerasWeights(path, file.Store, into);
            WeightLoader.Load(weights, into, settings);
            return into;
        }
        catch (LayerException error) when (error.ErrorId == Unsafe)
        {
            throw new NetworkFileException(Unsafe, path, error.Message, innerException: error);
        }
        catch (InvalidOperationException error) // a name or text with half of a character
        {
            throw new NetworkFileException("NetworkFile.Damaged", path, $"expected JSON. {error.Message}", innerException: error);
        }
        catch (Exception error) when (error is LayerException or InvalidSettingException or ShapeMismatchException or OverflowException)
        {
            throw new NetworkFileException("NetworkFile.Unsupported", path, error.Message, innerException: error);
        }
    }
}
