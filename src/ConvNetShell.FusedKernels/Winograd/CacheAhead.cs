using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>Memory that is needed soon: it is brought to a core's second cache a little at a time, while other memory is computed on.
/// </summary>
internal sealed unsafe class CacheAhead
{
    private const int Line = 64; // bytes
    private readonly (nint Start, nint Lines)[] pieces = new (nint, nint)[4];
    private int count,
        now;
    private nint next, // line of the piece that is being brought
        each;

    /// <summary>Takes what to bring, instead of what is left.</summary>
    /// <param name="steps">In how many steps.</param>
    /// <param name="wanted">The addresses of numbers, and how many; four pieces at most.</param>
    public void Plan(long steps, ReadOnlySpan<(nint Start, nint Count)> wanted)
    {
        (count, now, next) = (0, 0, 0);
        nint all = 0;
        foreach ((nint start, nint size) in wanted)
        {
            nint lines = size * sizeof(float) / Line;
            if (lines > 0)
            {
                pieces[count++] = (start, lines);
                all += lines;
            }
        }
        each = (nint)((all + steps - 1) / steps);
    }

    /// <summary>Brings a part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step()
    {
        nint left = each;
        while (left > 0 && now < count)
        {
            (nint start, nint lines) = pieces[now];
            nint some = nint.Min(left, lines - next);
            byte* line = (byte*)start + next * Line,
                end = line + some * Line;
            for (; line < end; line += Line)
            {
                Sse.Prefetch1(line);
            }
            left -= some;
            next += some;
            if (next == lines)
            {
                (now, next) = (now + 1, 0);
            }
        }
    }
}
