using System.Text;

namespace ConvNetShell.Kernel.Wire;

/// <summary>The signatures of the last messages: one that comes again is a replay.</summary>
internal sealed class SeenSignatures(int capacity = SeenSignatures.DefaultCapacity)
{
    private const int DefaultCapacity = 65536;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Remembers a signature; false when it was there already.</summary>
    public bool Add(ReadOnlySpan<byte> signature)
    {
        string text = Encoding.Latin1.GetString(signature);
        if (!_seen.Add(text))
        {
            return false;
        }

        _order.Enqueue(text);
        if (_order.Count > capacity)
        {
            _seen.Remove(_order.Dequeue());
        }

        return true;
    }
}
