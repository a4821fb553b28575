using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Networks.Direct;

/// <summary>Keeps what computes a network outside of training until its weights change.</summary>
/// <param name="input">The shape of an image.</param>
/// <param name="suits">Whether the network may be computed so.</param>
/// <param name="order">The layers in the order they are computed in.</param>
/// <param name="state">All their weights and running averages.</param>
internal sealed class DirectCache(Shape input, bool suits, LayerModule[] order, IReadOnlyList<NamedTensor> state)
{
    private readonly Lock gate = new();
    private DirectForward? last;
    private bool lacksLayer;

    /// <summary>Returns it with the weights of now; <see langword="null"/> where libtorch has to compute.</summary>
    public DirectForward? Get()
    {
        if (!suits)
        {
            return null;
        }
        lock (gate)
        {
            if (lacksLayer || last is { IsCurrent: true })
            {
                return last;
            }
            KnownNumbers?[] weights = [.. state.Select(KnownNumbers.Of)];
            if (Array.Exists(weights, each => each is null))
            {
                return last = null;
            }
            last = DirectForward.Of(input, order, weights!);
            lacksLayer = last is null; // which no weight changes
            return last;
        }
    }
}
