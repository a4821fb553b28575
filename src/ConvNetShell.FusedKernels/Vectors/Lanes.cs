using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ConvNetShell.FusedKernels.Vectors;

/// <summary>The sixteen numbers that a processor with AVX-512 works on at once.</summary>
internal static unsafe class Lanes
{
    /// <summary>How many there are.</summary>
    public const int Count = 16;

    /// <summary>Returns how many vectors hold numbers.</summary>
    public static int Vectors(int numbers) => (numbers + Count - 1) / Count;

    /// <summary>Returns the mask of the last vector of numbers: all lanes where it is full.</summary>
    public static Vector512<float> Last(int numbers)
    {
        int left = (numbers - 1) % Count + 1;
        return Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(left)).AsSingle();
    }

    /// <summary>Returns the larger of each number and zero; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Rectify(Vector512<float> value) => Avx512F.Max(Vector512<float>.Zero, value);

    /// <summary>Writes numbers, those below zero as zeros where a layer rectifies.</summary>
    /// <param name="to">Where they go.</param>
    /// <param name="value">The numbers.</param>
    /// <param name="mask">The lanes to write.</param>
    /// <param name="rectifies">Whether it does.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* to, Vector512<float> value, Vector512<float> mask, bool rectifies) =>
        Avx512F.MaskStore(to, mask, rectifies ? Rectify(value) : value);

    /// <summary>Returns the mask for the channels from one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Mask(int from, int channels, Vector512<float> last) =>
        from + Count < channels ? Vector512<float>.AllBitsSet : last;
}
