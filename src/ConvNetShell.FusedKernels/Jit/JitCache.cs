namespace ConvNetShell.FusedKernels.Jit;

/// <summary>
/// The compiled functions that all trainings of this process use. It holds the <c>capacity</c> most recently rented; one that is dropped is
/// unmapped as soon as nobody rents it.
/// </summary>
/// <param name="capacity">The most functions to hold. The CIFAR10 network uses about ten.</param>
internal sealed class JitCache(int capacity)
{
    private const int SharedCapacity = 256;
    private readonly Lock gate = new();
    private readonly LinkedList<(IJitCode Code, JitFunction Function)> recent = new(); // the most recently rented first
    private readonly Dictionary<IJitCode, LinkedListNode<(IJitCode Code, JitFunction Function)>> nodes = [];

    /// <summary>Gets the cache of this process.</summary>
    public static JitCache Shared { get; } = new(SharedCapacity);

    /// <summary>Gets how many functions it holds.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return nodes.Count;
            }
        }
    }

    /// <summary>Returns a function, compiled the first time. Give it back with <see cref="JitFunction.Return"/>.</summary>
    /// <param name="code">What to compile.</param>
    /// <exception cref="OutOfMemoryException">The system gives no executable memory; the next call tries again.</exception>
    public JitFunction Rent(IJitCode code)
    {
        lock (gate)
        {
            if (nodes.TryGetValue(code, out LinkedListNode<(IJitCode Code, JitFunction Function)>? node))
            {
                recent.Remove(node);
            }
            else
            {
                byte[] bytes = code.Assemble();
                JitFunction function =
                    JitFunction.TryCreate(bytes)
                    ?? throw new OutOfMemoryException($"The system could not allocate {bytes.Length} bytes of executable memory.");
                node = new((code, function));
                nodes.Add(code, node);
            }
            recent.AddFirst(node);
            bool rented = false;
            node.Value.Function.DangerousAddRef(ref rented);
            while (nodes.Count > capacity)
            {
                (IJitCode oldest, JitFunction dropped) = recent.Last!.Value;
                recent.RemoveLast();
                nodes.Remove(oldest);
                dropped.Dispose(); // unmapped now, or when the last renter returns it
            }
            return node.Value.Function;
        }
    }
}
