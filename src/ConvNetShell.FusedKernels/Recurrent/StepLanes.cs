using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Recurrent;

/// <summary>Up to a vector of units of one image: reads and writes their numbers, and nothing behind the last unit.</summary>
internal readonly unsafe struct StepLanes
{
    private readonly nint state,
        gate;
    private readonly int units,
        count;

    /// <param name="image">The number of the image.</param>
    /// <param name="units">The units of the layer.</param>
    /// <param name="gates">The sums for each unit.</param>
    /// <param name="first">The first of the units.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StepLanes(int image, int units, int gates, int first)
    {
        state = (nint)image * units + first;
        gate = (nint)image * units * gates + first;
        this.units = units;
        count = Math.Min(Width, units - first);
    }

    /// <summary>Gets the lanes of a vector.</summary>
    public static int Width => Vector512<float>.Count;

    /// <summary>Reads numbers of images x units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Read(nint address) => Load((float*)address + state);

    /// <summary>Reads the numbers of a gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> ReadGate(nint address, int number) => Load((float*)address + gate + (nint)number * units);

    /// <summary>Writes numbers of images x units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Vector512<float> values, nint address) => Store(values, (float*)address + state);

    /// <summary>Writes the numbers of a gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteGate(Vector512<float> values, nint address, int number) =>
        Store(values, (float*)address + gate + (nint)number * units);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Load(float* from) => count == Width ? Vector512.Load(from) : LoadSome(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(Vector512<float> values, float* to)
    {
        if (count == Width)
        {
            values.Store(to);
        }
        else
        {
            StoreSome(values, to);
        }
    }

    private Vector512<float> LoadSome(float* from)
    {
        float* all = stackalloc float[Vector512<float>.Count];
        new ReadOnlySpan<float>(from, count).CopyTo(new Span<float>(all, Width));
        return Vector512.Load(all);
    }

    private void StoreSome(Vector512<float> values, float* to)
    {
        float* all = stackalloc float[Vector512<float>.Count];
        values.Store(all);
        new ReadOnlySpan<float>(all, count).CopyTo(new Span<float>(to, count));
    }
}
