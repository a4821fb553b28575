using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>Numbers in bfloat16: the upper half of a float32.</summary>
internal readonly unsafe struct BFloat16Format : INumberFormat
{
    private const int Half = 16; // bits

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* values, nint at) => (BFloat16Rows.Widen((ushort*)values + at) << Half).AsSingle();

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> numbers, void* values, nint at) =>
        BFloat16Rows.Narrow(BFloat16Rows.Rounded(numbers.AsUInt32()) >>> Half).Store((ushort*)values + at);

    /// <inheritdoc />
    public static float LoadOne(void* values, nint at) => BitConverter.UInt32BitsToSingle((uint)((ushort*)values)[at] << Half);

    /// <inheritdoc />
    public static void StoreOne(float number, void* values, nint at) => ((ushort*)values)[at] = BFloat16Rows.Round(number);
}
