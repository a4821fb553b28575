using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>Numbers in float32.</summary>
internal readonly unsafe struct Float32Format : INumberFormat
{
    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* values, nint at) => Vector512.Load((float*)values + at);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> numbers, void* values, nint at) => numbers.Store((float*)values + at);

    /// <inheritdoc />
    public static float LoadOne(void* values, nint at) => ((float*)values)[at];

    /// <inheritdoc />
    public static void StoreOne(float number, void* values, nint at) => ((float*)values)[at] = number;
}
