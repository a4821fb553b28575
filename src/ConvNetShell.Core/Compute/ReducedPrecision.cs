using ConvNetShell.FusedKernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Compute;

/// <summary>Decides whether convolutions are computed in bfloat16.</summary>
internal static class ReducedPrecision
{
    /// <summary>Returns whether a setting means bfloat16 on a device.</summary>
    public static Precision Choose(Precision wanted, Device device) =>
        wanted != Precision.Auto ? wanted
        : device.type == DeviceType.CUDA || (device.type == DeviceType.CPU && CpuFeatures.HasBFloat16) ? Precision.BFloat16
        : Precision.Float32;
}
