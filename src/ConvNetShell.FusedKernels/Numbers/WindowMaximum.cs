using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Numbers;

/// <summary>
/// Max pooling of bfloat16 over windows that do not overlap, forward and backward, on images stored pixel by pixel. A vector holds the
/// values of several channels.
/// Values are compared as integers with the same order. Of equal values the first wins, and NaN counts as the largest, as in libtorch.
/// </summary>
/// <param name="shape">The windows. If there is a gap between rows, <see cref="Route"/> does not write pixels outside the windows. With
/// fewer channels than <see cref="Lanes"/>, every buffer must have a vector of slack behind it.</param>
public sealed class WindowMaximum(WindowShape shape) : IWindows<short>
{
    private const short Infinity = 0x7F80;
    private static readonly Vector256<short> Numbers = Vector256.CreateSequence<short>(0, 1);
    private readonly int rows = shape.Height / shape.Rows,
        columns = shape.Width / shape.Columns,
        channels = shape.Channels,
        pitch = shape.Pitch;
    private readonly bool hasRelu = shape.HasRelu,
        isNarrow = shape.Channels < Vector256<short>.Count;
    private readonly int[] offsets = shape.Offsets();

    /// <summary>Gets the channels of a vector.</summary>
    public static int Lanes => Vector256<short>.Count;

    /// <summary>Finds the largest values of one image.</summary>
    /// <param name="image">The image, rows x columns x channels.</param>
    /// <param name="largest">Receives the largest values.</param>
    /// <param name="positions">Receives their positions in the windows, row by row from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at once: unoptimized vectors are slower than none
    public void Find(ReadOnlySpan<short> image, Span<short> largest, Span<short> positions)
    {
        for (int row = 0, window = 0; row < rows; row++)
        {
            for (
                int column = 0, corner = row * shape.Rows * pitch;
                column < columns;
                column++, window++, corner += shape.Columns * channels
            )
            {
                for (int at = 0; at < channels; at += Lanes)
                {
                    int channel = FirstChannel(at);
                    Vector256<short> best = hasRelu ? Vector256<short>.Zero : Order(Load(image, corner + channel));
                    Vector256<short> position = hasRelu ? Vector256<short>.AllBitsSet : Vector256<short>.Zero;
                    for (int i = hasRelu ? 0 : 1; i < offsets.Length; i++)
                    {
                        Vector256<short> value = Order(Load(image, corner + offsets[i] + channel));
                        Vector256<short> larger = Vector256.GreaterThan(value, best);
                        best = Vector256.ConditionalSelect(larger, value, best);
                        position = Vector256.ConditionalSelect(larger, Vector256.Create((short)i), position);
                    }
                    Store(Bits(best), largest, window * channels + channel);
                    Store(position, positions, window * channels + channel);
                }
            }
        }
    }

    /// <summary>Writes the gradient of each window to the position of its largest value, and zero to the others.</summary>
    /// <param name="gradient">The gradients of the windows.</param>
    /// <param name="positions">The positions that <see cref="Find"/> returned.</param>
    /// <param name="image">Receives the gradient of the image.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at once: unoptimized vectors are slower than none
    public void Route(ReadOnlySpan<short> gradient, ReadOnlySpan<short> positions, Span<short> image)
    {
        if (shape.Gap == 0 && shape.LeavesOut)
        {
            image.Clear();
        }
        for (int row = 0, window = 0; row < rows; row++)
        {
            for (
                int column = 0, corner = row * shape.Rows * pitch;
                column < columns;
                column++, window++, corner += shape.Columns * channels
            )
            {
                for (int at = 0; at < channels; at += Lanes)
                {
                    int channel = FirstChannel(at);
                    Vector256<short> value = Load(gradient, window * channels + channel),
                        position = Load(positions, window * channels + channel);
                    for (int i = 0; i < offsets.Length; i++)
                    {
                        Vector256<short> here = Vector256.Equals(position, Vector256.Create((short)i));
                        Store(value & here, image, corner + offsets[i] + channel);
                    }
                }
            }
        }
    }

    private static Vector256<short> Load(ReadOnlySpan<short> values, int at) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);

    /// <summary>Returns the first channel of a vector: the last vector overlaps the one before.</summary>
    private int FirstChannel(int channel) => Math.Max(Math.Min(channel, channels - Lanes), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(Vector256<short> vector, Span<short> values, int at)
    {
        if (isNarrow)
        {
            vector = Vector256.ConditionalSelect(Vector256.LessThan(Numbers, Vector256.Create((short)channels)), vector, Load(values, at));
        }
        vector.StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);
    }

    /// <summary>Maps bfloat16 bits to integers of the same order, both zeros to the same one.</summary>
    private static Vector256<short> Order(Vector256<short> bits)
    {
        Vector256<short> size = bits & Vector256.Create(short.MaxValue);
        Vector256<short> order = Vector256.AndNot(Bits(bits), Vector256.Equals(bits, Vector256.Create(short.MinValue)));
        return Vector256.ConditionalSelect(
            Vector256.GreaterThan(size, Vector256.Create(Infinity)),
            Vector256.Create(short.MaxValue),
            order
        );
    }

    /// <summary>Maps the integers of <see cref="Order"/> back to bits, and the other way round.</summary>
    private static Vector256<short> Bits(Vector256<short> order) =>
        order ^ (Vector256.LessThan(order, Vector256<short>.Zero) & Vector256.Create(short.MaxValue));
}
