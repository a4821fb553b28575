using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Networks.Direct;

/// <summary>
/// Keeps what computes a network outside of training until its weights change, or until a garbage collection some seconds after its last
/// use: it is several times as large as the weights, and a session may keep hundreds of networks that once predicted.
/// </summary>
/// <param name="input">The shape of an image.</param>
/// <param name="output">The shape of an output.</param>
/// <param name="order">The layers in the order they are computed in.</param>
/// <param name="time">The time.</param>
internal sealed class DirectCache(Shape input, Shape output, LayerModule[] order, TimeProvider time)
{
    private readonly int suited = DirectForward.Suited(input, output, order);
    private readonly Lock gate = new();
    private DirectForward? last;
    private long used; // when, a timestamp
    private bool isWatched,
        lacksLayer;

    /// <summary>Gets how long it stays without use; packing the weights again may take tenths of a second.</summary>
    public static TimeSpan Stay { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Lets go of it, and frees the memory that no call works in.</summary>
    public void Release()
    {
        lock (gate)
        {
            last?.Trim();
            last = null;
        }
    }

    /// <summary>Lets go of what was not used for a while; returns whether nothing is left.</summary>
    public bool LetGo()
    {
        if (!gate.TryEnter())
        {
            return false; // it is in use
        }
        try
        {
            if (last is not null && time.GetElapsedTime(used) < Stay)
            {
                return false;
            }
            last = null;
            isWatched = false;
            return true;
        }
        finally
        {
            gate.Exit();
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
            used = time.GetTimestamp();
            if (last is { IsCurrent: true })
            {
                return last;
            }
            LayerModule[] body = order[..suited];
            KnownNumbers?[] weights = [.. body.SelectMany(module => module.Parameters.Concat(module.Buffers)).Select(KnownNumbers.Of)];
            if (Array.Exists(weights, each => each is null))
            {
                return null;
            }
            last = DirectForward.Of(input, body, order[suited..], weights!);
            lacksLayer = last is null; // which no weight changes
            if (last is not null && !isWatched)
            {
                _ = new CacheWatch(this);
                isWatched = true;
            }
            return last;
        }
    }
}
