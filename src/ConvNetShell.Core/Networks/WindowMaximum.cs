using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ConvNetShell.Core.Networks;

/// <summary>
/// The largest bfloat16 value of windows that stand side by side, and the way back: a vector of channels at a time, for pictures whose channels lie together in memory.
/// Numbers are compared as integers of their bits, whose order is made the same; equal ones go to the first, and what is not a number counts as the largest.
/// </summary>
/// <param name="height">The rows of a picture.</param>
/// <param name="width">The columns of a picture.</param>
/// <param name="channels">The channels; fewer than a vector of them are only for memory with room for one behind it.</param>
/// <param name="side">The side of a window and the step to the next.</param>
/// <param name="isRectified">Whether the largest value is at least zero, which then has no place, -1.</param>
/// <param name="gap">The values of the picture between the end of a row and the next. Where there are any, <see cref="Route"/> leaves what no window reaches as it is.</param>
internal sealed class WindowMaximum(int height, int width, int channels, int side, bool isRectified = false, int gap = 0)
{
    private const short Infinity = 0x7F80;
    private static readonly Vector256<short> Numbers = Vector256.CreateSequence<short>(0, 1);
    private readonly int rows = height / side, columns = width / side, pitch = width * channels + gap;
    private readonly bool isNarrow = channels < Vector256<short>.Count;
    private readonly int[] offsets = [.. Enumerable.Range(0, side * side).Select(place => place / side * (width * channels + gap) + place % side * channels)];

    /// <summary>Gets the channels a vector has.</summary>
    public static int Lanes => Vector256<short>.Count;

    /// <summary>Finds the largest values of one picture.</summary>
    /// <param name="picture">The picture, rows x columns x channels.</param>
    /// <param name="largest">Where they go.</param>
    /// <param name="places">Where their places within the windows go, row by row from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at once: unoptimised vectors are slower than none
    public void Find(ReadOnlySpan<short> picture, Span<short> largest, Span<short> places)
    {
        for (int row = 0, window = 0; row < rows; row++)
        {
            for (int column = 0, corner = row * side * pitch; column < columns; column++, window++, corner += side * channels)
            {
                for (int at = 0; at < channels; at += Lanes)
                {
                    int channel = Place(at);
                    Vector256<short> best = isRectified ? Vector256<short>.Zero : Order(Load(picture, corner + channel));
                    Vector256<short> place = isRectified ? Vector256<short>.AllBitsSet : Vector256<short>.Zero;
                    for (int i = isRectified ? 0 : 1; i < offsets.Length; i++)
                    {
                        Vector256<short> value = Order(Load(picture, corner + offsets[i] + channel));
                        Vector256<short> larger = Vector256.GreaterThan(value, best);
                        best = Vector256.ConditionalSelect(larger, value, best);
                        place = Vector256.ConditionalSelect(larger, Vector256.Create((short)i), place);
                    }
                    Store(Bits(best), largest, window * channels + channel);
                    Store(place, places, window * channels + channel);
                }
            }
        }
    }

    /// <summary>Hands the gradient of each window to the place its largest value came from; all others get zero.</summary>
    /// <param name="gradient">The gradients of the windows.</param>
    /// <param name="places">What <see cref="Find"/> found.</param>
    /// <param name="picture">Where the gradient of the picture goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at once: unoptimised vectors are slower than none
    public void Route(ReadOnlySpan<short> gradient, ReadOnlySpan<short> places, Span<short> picture)
    {
        if (gap == 0 && (rows * side < height || columns * side < width))
        {
            picture.Clear(); // no window reaches the last rows or columns
        }
        for (int row = 0, window = 0; row < rows; row++)
        {
            for (int column = 0, corner = row * side * pitch; column < columns; column++, window++, corner += side * channels)
            {
                for (int at = 0; at < channels; at += Lanes)
                {
                    int channel = Place(at);
                    Vector256<short> value = Load(gradient, window * channels + channel), place = Load(places, window * channels + channel);
                    for (int i = 0; i < offsets.Length; i++)
                    {
                        Vector256<short> here = Vector256.Equals(place, Vector256.Create((short)i));
                        Store(value & here, picture, corner + offsets[i] + channel);
                    }
                }
            }
        }
    }

    private static Vector256<short> Load(ReadOnlySpan<short> values, int at) => Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);

    /// <summary>Returns the channel a vector begins at: the last one may reach back into the one before.</summary>
    private int Place(int channel) => Math.Max(Math.Min(channel, channels - Lanes), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(Vector256<short> vector, Span<short> values, int at)
    {
        if (isNarrow)
        {
            vector = Vector256.ConditionalSelect(Vector256.LessThan(Numbers, Vector256.Create((short)channels)), vector, Load(values, at));
        }
        vector.StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);
    }

    /// <summary>Returns integers in the order of the numbers: negative ones turned round, both zeros alike.</summary>
    private static Vector256<short> Order(Vector256<short> bits)
    {
        Vector256<short> size = bits & Vector256.Create(short.MaxValue);
        Vector256<short> order = Vector256.AndNot(Bits(bits), Vector256.Equals(bits, Vector256.Create(short.MinValue)));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(size, Vector256.Create(Infinity)), Vector256.Create(short.MaxValue), order);
    }

    /// <summary>Returns the bits a number had before it was put in order, and the other way round.</summary>
    private static Vector256<short> Bits(Vector256<short> order) => order ^ (Vector256.LessThan(order, Vector256<short>.Zero) & Vector256.Create(short.MaxValue));
}
