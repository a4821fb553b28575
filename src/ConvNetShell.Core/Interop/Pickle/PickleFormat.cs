using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>Weights that torch.save wrote; only data is read of it. For the way back there is safetensors.</summary>
internal sealed class PickleFormat() : NetworkFormat("PyTorch", "Weights that torch.save wrote, for -Into", ".pth", ".pt")
{
    /// <inheritdoc />
    public override bool CanWrite => false;

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
