using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training;

/// <summary>Decides whether convolutions are computed in bfloat16.</summary>
internal static class ReducedPrecision
{
    private const int ExtendedFeatures = 7;
    private const int Avx512BFloat16 = 1 << 5, AmxBFloat16 = 1 << 22; // leaf 7: subleaf 1 EAX, subleaf 0 EDX (Intel SDM, CPUID)

    /// <summary>Returns what a setting means on a device.</summary>
    public static Precision Choose(Precision wanted, Device device) => wanted != Precision.Auto ? wanted
        : device.type == DeviceType.CUDA || (device.type == DeviceType.CPU && ProcessorHasIt()) ? Precision.BFloat16
        : Precision.Float32;

    private static bool ProcessorHasIt() => X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= ExtendedFeatures
        && ((X86Base.CpuId(ExtendedFeatures, 1).Eax & Avx512BFloat16) != 0 || (X86Base.CpuId(ExtendedFeatures, 0).Edx & AmxBFloat16) != 0);
}
