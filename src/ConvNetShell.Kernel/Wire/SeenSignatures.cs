using System.Globalization;

namespace ConvNetShell.Kernel.Wire;

/// <summary>The signatures of the last messages: one that comes again is a replay. Half of each is kept, which is plenty.</summary>
internal sealed class SeenSignatures(int capacity = SeenSignatures.DefaultCapacity)
{
    private const int DefaultCapacity = 65536,
        Digits = 32;
    private readonly HashSet<UInt128> seen = new(capacity + 1);
    private readonly Queue<UInt128> order = new(capacity + 1);

    /// <summary>Remembers a signature that was verified; false when it was there already.</summary>
    public bool Add(ReadOnlySpan<byte> signature)
    {
        var half = UInt128.Parse(signature[..Digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (!seen.Add(half))
        {
            return false;
        }

        order.Enqueue(half);
        if (order.Count > capacity)
        {
            seen.Remove(order.Dequeue());
        }

        return true;
    }
}
