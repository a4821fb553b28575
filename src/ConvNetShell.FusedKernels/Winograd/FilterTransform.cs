using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ConvNetShell.FusedKernels.Vectors;
using ConvNetShell.FusedKernels.Winograd.Tiles;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>Transforms filters and, back, their gradients.</summary>
/// <param name="Channels">The channels of an image.</param>
/// <param name="Filters">The filters.</param>
/// <param name="Workspace">Memory for a tile of vectors.</param>
/// <param name="Block">Memory for sixteen channels of sixteen filters.</param>
internal readonly unsafe record struct FilterTransform(int Channels, int Filters, nint Workspace, nint Block)
{
    private const int BlockSize = Lanes.Count * Lanes.Count;
    private const int Four = 4; // numbers, as many as instructions move together within a vector

    /// <summary>The numbers that a block of filters takes.</summary>
    public const int BlockNumbers = Tile.Taps * BlockSize;

    /// <summary>Transforms the filters for the output: a product's inner numbers are the channels.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="to">Where the results go: point by point, in panels.</param>
    /// <param name="step">The numbers from a point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(float* filters, float* to, nint step)
    {
        var panels = new Panels(Channels, Filters);
        float* block = (float*)Block;
        for (int filter = 0; filter < Filters; filter += Lanes.Count)
        {
            int width = panels.Width(filter);
            float* own = to + panels.Offset(filter);
            for (int channel = 0; channel < Channels; channel += Lanes.Count)
            {
                int depth = Math.Min(Lanes.Count, Channels - channel);
                Gather(filters, filter, channel, depth);
                for (int c = 0; c < depth; c++)
                {
                    Transform<WholeLanes>(block + c * Lanes.Count, BlockSize, default, own + (channel + c) * width, step);
                }
            }
        }
    }

    /// <summary>Transforms the filters, rotated, for the input's gradient: a product's inner numbers are the filters.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="to">Where the results go: point by point, in panels.</param>
    /// <param name="step">The numbers from a point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(float* filters, float* to, nint step)
    {
        var panels = new Panels(Filters, Channels);
        Vector512<float> last = Lanes.Last(Channels);
        for (int filter = 0; filter < Filters; filter++)
        {
            // from the last weight to the first
            float* own = filters + ((nint)filter * Tile.Taps + Tile.Taps - 1) * Channels;
            for (int channel = 0; channel < Channels; channel += Lanes.Count)
            {
                float* results = to + panels.Offset(channel) + filter * panels.Width(channel);
                if (channel + Lanes.Count <= Channels)
                {
                    Transform<WholeLanes>(own + channel, -Channels, last, results, step);
                }
                else
                {
                    Transform<SomeLanes>(own + channel, -Channels, last, results, step);
                }
            }
        }
    }

    /// <summary>Transforms the gradients of transformed filters to those of the filters.</summary>
    /// <param name="from">The gradients: point by point, in panels of channels.</param>
    /// <param name="step">The numbers from a point to the next.</param>
    /// <param name="rows">The rows of a panel.</param>
    /// <param name="gradient">Where the results go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gradient(float* from, nint step, int rows, float* gradient)
    {
        var panels = new Panels(rows, Channels);
        Vector512<float> last = Lanes.Last(Channels);
        for (int filter = 0; filter < Filters; filter++)
        {
            float* own = gradient + (nint)filter * Tile.Taps * Channels;
            for (int channel = 0; channel < Channels; channel += Lanes.Count)
            {
                float* sums = from + panels.Offset(channel) + filter * panels.Width(channel);
                if (channel + Lanes.Count <= Channels)
                {
                    Gradient<WholeLanes>(sums, step, last, own + channel);
                }
                else
                {
                    Gradient<SomeLanes>(sums, step, last, own + channel);
                }
            }
        }
    }

    /// <summary>Puts filters next to each other, those that are not there as zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(float* filters, int filter, int channel, int depth)
    {
        int count = Math.Min(Lanes.Count, Filters - filter);
        nint next = (nint)Tile.Taps * Channels;
        Vector512<float> mask = Lanes.Last(depth);
        float* from = filters + filter * next + channel;
        for (int tap = 0; tap < Tile.Taps; tap++, from += Channels)
        {
            for (int f = 0; f < Lanes.Count; f += Four)
            {
                Interleave(
                    Weights(from, next, f, count, mask),
                    Weights(from, next, f + 1, count, mask),
                    Weights(from, next, f + 2, count, mask),
                    Weights(from, next, f + 3, count, mask),
                    (float*)Workspace + f * Lanes.Count
                );
            }
            float* to = (float*)Block + tap * BlockSize;
            for (int c = 0; c < Four; c++)
            {
                Join((float*)Workspace + c * Lanes.Count, to + c * Lanes.Count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Weights(float* from, nint next, int filter, int count, Vector512<float> mask) =>
        filter < count ? SomeLanes.Load(from + filter * next, mask) : Vector512<float>.Zero;

    /// <summary>Writes four vectors interleaved: first the first of each four numbers, of all vectors, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector512<float> r0, Vector512<float> r1, Vector512<float> r2, Vector512<float> r3, float* to)
    {
        Vector512<double> low = Avx512F.UnpackLow(r0, r1).AsDouble(),
            nextLow = Avx512F.UnpackLow(r2, r3).AsDouble(),
            high = Avx512F.UnpackHigh(r0, r1).AsDouble(),
            nextHigh = Avx512F.UnpackHigh(r2, r3).AsDouble();
        Avx512F.UnpackLow(low, nextLow).AsSingle().Store(to);
        Avx512F.UnpackHigh(low, nextLow).AsSingle().Store(to + Lanes.Count);
        Avx512F.UnpackLow(high, nextHigh).AsSingle().Store(to + 2 * Lanes.Count);
        Avx512F.UnpackHigh(high, nextHigh).AsSingle().Store(to + 3 * Lanes.Count);
    }

    /// <summary>Writes the first, second, third and last four numbers of four vectors as a vector each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(float* from, float* to)
    {
        const int step = Four * Lanes.Count;
        const byte even = 0b10_00_10_00, // which four numbers of two vectors
            odd = 0b11_01_11_01;
        Vector512<float> u0 = Vector512.Load(from),
            u1 = Vector512.Load(from + step),
            u2 = Vector512.Load(from + 2 * step),
            u3 = Vector512.Load(from + 3 * step);
        Vector512<float> a = Avx512F.Shuffle4x128(u0, u1, even),
            b = Avx512F.Shuffle4x128(u0, u1, odd),
            c = Avx512F.Shuffle4x128(u2, u3, even),
            d = Avx512F.Shuffle4x128(u2, u3, odd);
        Avx512F.Shuffle4x128(a, c, even).Store(to);
        Avx512F.Shuffle4x128(b, d, even).Store(to + step);
        Avx512F.Shuffle4x128(a, c, odd).Store(to + 2 * step);
        Avx512F.Shuffle4x128(b, d, odd).Store(to + 3 * step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform<T>(float* from, nint tap, Vector512<float> mask, float* to, nint step)
        where T : struct, ILaneAccess
    {
        const int line = Tile.Filter * Lanes.Count;
        var space = (float*)Workspace;
        for (int x = 0; x < Tile.Filter; x++, from += tap)
        {
            Line.Filter(T.Load(from, mask), T.Load(from + 3 * tap, mask), T.Load(from + 6 * tap, mask), space + x * Lanes.Count, line);
        }
        for (int y = 0; y < Tile.Input; y++, space += line, to += Tile.Input * step)
        {
            Line.Filter(Vector512.Load(space), Vector512.Load(space + Lanes.Count), Vector512.Load(space + 2 * Lanes.Count), to, step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gradient<T>(float* from, nint step, Vector512<float> mask, float* gradient)
        where T : struct, ILaneAccess
    {
        const int line = Tile.Input * Lanes.Count;
        float* space = (float*)Workspace,
            results = space;
        nint row = Tile.Filter * Channels;
        for (int x = 0; x < Tile.Input; x++, from += step, results += Lanes.Count)
        {
            (Vector512<float> first, Vector512<float> second, Vector512<float> third) = Line.FilterGradient(from, Tile.Input * step);
            first.Store(results);
            second.Store(results + line);
            third.Store(results + 2 * line);
        }
        for (int y = 0; y < Tile.Filter; y++, space += line, gradient += row)
        {
            (Vector512<float> first, Vector512<float> second, Vector512<float> third) = Line.FilterGradient(space, Lanes.Count);
            T.Store(gradient, mask, first);
            T.Store(gradient + Channels, mask, second);
            T.Store(gradient + 2 * Channels, mask, third);
        }
    }
}
