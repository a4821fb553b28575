using System.Runtime.Intrinsics.X86;
using ConvNetShell.FusedKernels.Jit;

namespace ConvNetShell.FusedKernels;

/// <summary>Processor features for bfloat16, some of which .NET cannot name (Intel SDM, CPUID leaf 7).</summary>
public static class CpuFeatures
{
    private const int ExtendedFeatures = 7;
    private const byte Return = 0xC3; // RET
    private const int Avx512BFloat16 = 1 << 5,
        AmxBFloat16 = 1 << 22; // subleaf 1 EAX, subleaf 0 EDX

    /// <summary>How many times as many products of bfloat16 count as faster: near 1, the same machine would decide both ways.</summary>
    internal const double LeastGain = 1.2;

    private static readonly Lazy<bool> Faster = new(() =>
        HasMatrices || (HasBFloat16 && !(HasDotProducts && ProductRate.OfBFloat16() < LeastGain))
    );

    /// <summary>Gets a value indicating whether the processor multiplies bfloat16 in hardware: AVX512_BF16 or AMX.</summary>
    public static bool HasBFloat16 { get; } = Has(Avx512BFloat16, AmxBFloat16);

    /// <summary>Gets a value indicating whether the processor multiplies matrices of bfloat16: AMX.</summary>
    public static bool HasMatrices { get; } = Has(0, AmxBFloat16);

    /// <summary>
    /// Gets a value indicating whether products of bfloat16 take less time than those of float32: with AMX, and with AVX512_BF16 where a
    /// measurement, once in a process, finds at least 1.2 times as many in the same time or cannot be made.
    /// </summary>
    public static bool IsBFloat16Faster => Faster.Value;

    /// <summary>
    /// Gets a value indicating whether compiled kernels run here and are faster than libtorch: Linux, AVX512_BF16 (VDPBF16PS), no AMX
    /// (which multiplies matrices faster),
    /// and a system that executes generated code. Set the environment variable CONVNETSHELL_FUSED_KERNELS to 0 to leave convolutions to
    /// libtorch.
    /// </summary>
    public static bool SupportsFusedKernels { get; } = HasDotProducts && !HasMatrices && MayCompile();

    /// <summary>
    /// Gets a value indicating whether compiled kernels in float32 run here: Linux, AVX-512 and a system that executes generated code. The
    /// environment variable CONVNETSHELL_FUSED_KERNELS says no to them too.
    /// </summary>
    public static bool SupportsFusedFloat32 { get; } = HasLongVectors && MayCompile();

    /// <summary>Gets a value indicating whether the processor has VDPBF16PS, whatever is faster.</summary>
    internal static bool HasDotProducts => HasLongVectors && Has(Avx512BFloat16, 0);

    /// <summary>Gets a value indicating whether compiled kernels in float32 can be executed, whatever anybody has set.</summary>
    internal static bool HasLongVectors => OperatingSystem.IsLinux() && Avx512BW.VL.IsSupported;

    /// <summary>Gets a value indicating whether kernels of ours may be used: CONVNETSHELL_FUSED_KERNELS=0 leaves all to libtorch.</summary>
    public static bool MayUseKernels => Environment.GetEnvironmentVariable("CONVNETSHELL_FUSED_KERNELS") != "0";

    private static bool MayCompile() => MayUseKernels && CanExecuteGeneratedCode();

    private static bool CanExecuteGeneratedCode()
    {
        using JitFunction? function = JitFunction.TryCreate([Return]);
        return function is not null;
    }

    private static bool Has(int vectors, int matrices) =>
        X86Base.X64.IsSupported
        && X86Base.CpuId(0, 0).Eax >= ExtendedFeatures
        && ((X86Base.CpuId(ExtendedFeatures, 1).Eax & vectors) != 0 || (X86Base.CpuId(ExtendedFeatures, 0).Edx & matrices) != 0);
}
