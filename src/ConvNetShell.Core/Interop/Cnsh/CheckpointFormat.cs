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
    public override Network Read(string path, ImportSettings settings) => ForeignFile.Into(path, Checkpoint.ReadNetwork(path), settings);
}
