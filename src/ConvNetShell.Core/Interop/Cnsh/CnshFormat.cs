using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Storage;

namespace ConvNetShell.Core.Interop.Cnsh;

/// <summary>The project's own files: <see cref="NetworkFile"/>.</summary>
internal sealed class CnshFormat()
    : NetworkFormat("Cnsh", "ConvNetShell: layers, weights, classes, normalization and training in one file", NetworkFile.Extension)
{
    /// <inheritdoc />
    public override void Write(string path, Network network, ExportSettings settings)
    {
        RequirePlain(settings);
        RequireNoPreprocessing(settings);
        NetworkFile.Write(path, network);
    }

    /// <inheritdoc />
    public override Network Read(string path, ImportSettings settings)
    {
        if (settings.Into is null)
        {
            return NetworkFile.Read(path);
        }
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        file.RequireWhole();
        WeightLoader.Load(file, settings.Into, settings);
        NetworkFile.Apply(file, settings.Into);
        return settings.Into;
    }
}
