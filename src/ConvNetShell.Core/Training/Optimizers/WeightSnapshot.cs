using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>A copy of a network's weights and running averages.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private readonly Network network;
    private readonly Tensor[] copies;

    public WeightSnapshot(Network network)
    {
        this.network = network;
        using var scope = NewDisposeScope();
        copies = [.. network.State.Select(tensor => tensor.Value.detach().clone().DetachFromDisposeScope())];
    }

    /// <summary>Gets the copies, in the order of the network's state.</summary>
    public IReadOnlyList<Tensor> Copies => copies;

    /// <summary>Takes the network's present weights.</summary>
    public void Take() => Copy((state, copy) => copy.copy_(state));

    /// <summary>Puts the weights taken last back into the network.</summary>
    public void Restore() => Copy((state, copy) => state.copy_(copy));

    /// <inheritdoc />
    public void Dispose() => Array.ForEach(copies, copy => copy.Dispose());

    private void Copy(Func<Tensor, Tensor, Tensor> copy)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        for (int i = 0; i < copies.Length; i++)
        {
            copy(network.State[i].Value, copies[i]);
        }
    }
}
