using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>How numbers lie in memory; all are computed with as float32.</summary>
internal unsafe interface INumberFormat
{
    /// <summary>Reads a vector of numbers.</summary>
    /// <param name="values">The first number of all.</param>
    /// <param name="at">The index of the first to read.</param>
    static abstract Vector512<float> Load(void* values, nint at);

    /// <summary>Writes a vector of numbers, rounded to the nearest.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="values">The first number of all.</param>
    /// <param name="at">The index of the first to write.</param>
    static abstract void Store(Vector512<float> numbers, void* values, nint at);

    /// <summary>Reads a number.</summary>
    /// <param name="values">The first number of all.</param>
    /// <param name="at">Its index.</param>
    static abstract float LoadOne(void* values, nint at);

    /// <summary>Writes a number, rounded to the nearest.</summary>
    /// <param name="number">The number.</param>
    /// <param name="values">The first number of all.</param>
    /// <param name="at">Its index.</param>
    static abstract void StoreOne(float number, void* values, nint at);
}
