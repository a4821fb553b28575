using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Networks;
using ConvNetShell.FusedKernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Settings;

/// <summary>Decides whether a network's convolutions are computed in bfloat16.</summary>
internal static class ReducedPrecision
{
    /// <summary>
    /// Returns the precision that a setting means: with Auto bfloat16 on a GPU and on a processor that multiplies it faster, unless most of
    /// the network is computed by minimal filtering, whose quarter of the products, in float32, takes less time still.
    /// </summary>
    /// <param name="wanted">The setting.</param>
    /// <param name="network">The network.</param>
    /// <param name="device">Where it will compute.</param>
    public static Precision Choose(Precision wanted, Network network, Device device) =>
        wanted != Precision.Auto ? wanted
        : device.type == DeviceType.CUDA ? Precision.BFloat16
        : device.type == DeviceType.CPU && CpuFeatures.IsBFloat16Faster && (CpuFeatures.HasMatrices || !IsMinimal(network, device))
            ? Precision.BFloat16
        : Precision.Float32;

    /// <summary>Returns whether three quarters of a network's multiply-adds are in convolutions that minimal filtering computes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="device">Where it will compute.</param>
    public static bool IsMinimal(Network network, Device device)
    {
        long minimal = network
            .Plan.AllLayers.Zip(BlockModule.All(network.Modules))
            .Sum(pair => pair.Second is ConvModule { Minimal: not null } ? pair.First.MultiplyAdds : 0);
        return OwnConvolution.IsSupported(device) && 4 * minimal > 3 * network.MultiplyAdds;
    }
}
