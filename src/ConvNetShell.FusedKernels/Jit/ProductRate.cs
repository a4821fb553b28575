using System.Diagnostics;

namespace ConvNetShell.FusedKernels.Jit;

/// <summary>
/// Measures how fast the processor multiplies pairs of bfloat16, which CPUID does not say: Intel's Emerald Rapids takes four times as long
/// for VDPBF16PS as for VFMADD231PS, so it multiplies half as many numbers in the same time; on an AMD EPYC the CIFAR10 network trains
/// 2.5 times as fast with it.
/// </summary>
internal static unsafe class ProductRate
{
    private const int Turns = 400, // some microseconds
        Rounds = 12; // of which the fastest counts: others may have been interrupted

    /// <summary>
    /// Returns how many products of bfloat16 are added up in the time of one of float32, or <see langword="null"/> where the system gives
    /// no executable memory. Requires <see cref="CpuFeatures.HasDotProducts"/>.
    /// </summary>
    public static double? OfBFloat16()
    {
        using JitFunction? pairs = JitFunction.TryCreate(new ProductLoopCode(IsPair: true).Assemble()),
            singles = JitFunction.TryCreate(new ProductLoopCode(IsPair: false).Assemble());
        if (pairs is null || singles is null)
        {
            return null;
        }
        long ofPairs = long.MaxValue,
            ofSingles = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            ofPairs = Math.Min(ofPairs, Time(pairs));
            ofSingles = Math.Min(ofSingles, Time(singles));
        }
        return 2.0 * ofSingles / ofPairs;
    }

    private static long Time(JitFunction function)
    {
        float* zeros = stackalloc float[16];
        nint* arguments = stackalloc nint[] { (nint)zeros, Turns };
        long began = Stopwatch.GetTimestamp();
        function.Run(arguments);
        return Stopwatch.GetTimestamp() - began;
    }
}
