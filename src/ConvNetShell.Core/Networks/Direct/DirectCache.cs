using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Networks.Direct;

/// <summary>
/// Keeps what computes a network outside of training until its weights change, or the garbage collector takes it between two calls: it is
/// several times as large as the weights, and a session may keep hundreds of networks that once predicted.
/// </summary>
/// <param name="input">The shape of an image.</param>
/// <param name="output">The shape of an output.</param>
/// <param name="order">The layers in the order they are computed in.</param>
internal sealed class DirectCache(Shape input, Shape output, LayerModule[] order)
{
    private readonly int suited = DirectForward.Suited(input, output, order);
    private readonly Lock gate = new();
    private WeakReference<DirectForward>? last;
    private bool lacksLayer;

    /// <summary>Lets go of it, and frees the memory that no call works in.</summary>
    public void Release()
    {
        lock (gate)
        {
            if (last is not null && last.TryGetTarget(out DirectForward? known))
            {
                known.Trim();
            }
            last = null;
        }
    }

    /// <summary>Returns it with the weights of now; <see langword="null"/> where libtorch has to compute.</summary>
    public DirectForward? Get()
    {
        if (suited == 0)
        {
            return null;
        }
        lock (gate)
        {
            if (lacksLayer)
            {
                return null;
            }
            if (last is not null && last.TryGetTarget(out DirectForward? known) && known.IsCurrent)
            {
                return known;
            }
            LayerModule[] body = order[..suited];
            KnownNumbers?[] weights = [.. body.SelectMany(module => module.Parameters.Concat(module.Buffers)).Select(KnownNumbers.Of)];
            if (Array.Exists(weights, each => each is null))
            {
                return null;
            }
            var now = DirectForward.Of(input, body, order[suited..], weights!);
            lacksLayer = now is null; // which no weight changes
            last = now is null ? null : new WeakReference<DirectForward>(now);
            return now;
        }
    }
}
