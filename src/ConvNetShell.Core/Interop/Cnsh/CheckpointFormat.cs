using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Checkpoints;

namespace ConvNetShell.Core.Interop.Cnsh;

/// <summary>The network of a checkpoint, with the weights of the best epoch.</summary>
internal sealed class CheckpointFormat() : NetworkFormat("Checkpoint", "A checkpoint of Start-Training, read only", ".checkpoint")
{
    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override Network Read(string path, ImportSettings settings)
    {
        Network network = Checkpoint.ReadNetwork(path);
        if (settings.Into is not { } into)
        {
            return network;
        }
        using (network)
        {
            return into.Spec == network.Spec && into.InputShape.Equals(network.InputShape)
                ? TakeOver(into, network)
                : throw new NetworkFileException(
                    "NetworkFile.Mismatch",
                    path,
                    $"expected a network of {into.InputShape} -> {into.Spec}. Received: {network.InputShape} -> {network.Spec}."
                );
        }
    }

    private static Network TakeOver(Network into, Network network)
    {
        into.TakeOver(network, network.Layers.Count);
        return into;
    }
}
