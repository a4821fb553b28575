using ConvNetShell.Core.Layers;

namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>
/// The weights that the optimizer leaves as they are in an epoch: until disposal no gradients of them are computed, nor of what comes
/// before all others in the network.
/// </summary>
internal sealed class RestingWeights : IDisposable
{
    private readonly NamedTensor[] resting;

    /// <param name="parameters">The weights of a network.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    public RestingWeights(IEnumerable<NamedTensor> parameters, int epoch)
    {
        resting = [.. parameters.Where(parameter => parameter.RestsIn(epoch))];
        Array.ForEach(resting, parameter => parameter.Rest(true));
    }

    /// <inheritdoc />
    public void Dispose() => Array.ForEach(resting, parameter => parameter.Rest(false));
}
