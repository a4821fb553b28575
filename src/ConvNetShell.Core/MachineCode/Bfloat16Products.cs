using System.Runtime.Intrinsics.X86;

namespace ConvNetShell.Core.MachineCode;

/// <summary>The processor's instruction for products of bfloat16, VDPBF16PS (Intel SDM, volume 2), which .NET has no method for.</summary>
internal static class Bfloat16Products
{
    private const int ExtendedFeatures = 7;
    private const byte Return = 0xC3; // RET
    private const int Avx512BFloat16 = 1 << 5, AmxBFloat16 = 1 << 22; // leaf 7: subleaf 1 EAX, subleaf 0 EDX (Intel SDM, CPUID)

    /// <summary>Gets a value indicating whether the processor has instructions of any kind for bfloat16.</summary>
    public static bool IsReducedFast { get; } = HasBFloat16(Avx512BFloat16, AmxBFloat16);

    /// <summary>
    /// Gets a value indicating whether functions made here can run and are worth it. A processor with AMX multiplies matrices faster than with vectors. Written for
    /// Linux: elsewhere functions are called differently. Some systems let nothing run that a program made. Set the environment variable CONVNETSHELL_MACHINE_CODE to 0
    /// to leave convolutions to libtorch.
    /// </summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Avx512BW.VL.IsSupported && HasBFloat16(Avx512BFloat16, 0) && !HasBFloat16(0, AmxBFloat16)
        && Environment.GetEnvironmentVariable("CONVNETSHELL_MACHINE_CODE") != "0"
        && MachineFunction.TryMake([Return]) is not null;

    private static bool HasBFloat16(int vectors, int matrices) => X86Base.X64.IsSupported && X86Base.CpuId(0, 0).Eax >= ExtendedFeatures
        && ((X86Base.CpuId(ExtendedFeatures, 1).Eax & vectors) != 0 || (X86Base.CpuId(ExtendedFeatures, 0).Edx & matrices) != 0);
}
