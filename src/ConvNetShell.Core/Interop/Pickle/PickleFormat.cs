using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>Weights as torch.save writes a state_dict; only data is read of a file.</summary>
internal sealed class PickleFormat() : NetworkFormat("PyTorch", "PyTorch: a state_dict of torch.save; read with -Into", ".pth", ".pt")
{
    /// <inheritdoc />
    public override void Write(string path, Network network, ExportSettings settings)
    {
        RequireNoPreprocessing(settings);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        TorchWriter.Write(path, ExportedWeights.Of(network, settings));
    }

    /// <inheritdoc />
    public override Network Read(string path, ImportSettings settings)
    {
        using TorchFile file = TorchFile.Open(path);
        Network into =
            settings.Into
            ?? throw new NetworkFileException(
                "NetworkFile.Unknown",
                path,
                $"expected -Into a network: a PyTorch file names no layers. Received: {file.Tensors.Count} tensors, the first "
                    + $"{file.Tensors[0]}."
            );
        WeightLoader.Load(file, into, settings);
        return into;
    }
}
