using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Dense;

/// <summary>
/// A large fully connected layer on a single image, outside of training: by kernels of ours, as libtorch's read memory slower.
/// </summary>
internal static class SingleProduct
{
    private const long LeastWeights = 1 << 24; // 64 MB; libtorch's are as quick where the caches hold them

    /// <summary>Says whether kernels of ours compute it.</summary>
    /// <param name="input">Images x numbers.</param>
    /// <param name="weight">Units x numbers.</param>
    public static bool Takes(Tensor input, Tensor weight) =>
        MatrixVectorProduct.IsSupported
        && input.shape[0] == 1
        && !is_grad_enabled()
        && weight.shape[0] >= MatrixVectorProduct.LeastRows
        && weight.numel() >= LeastWeights
        && IsSuited(input)
        && IsSuited(weight);

    /// <summary>Computes it.</summary>
    /// <param name="input">1 x numbers.</param>
    /// <param name="weight">Units x numbers.</param>
    /// <param name="bias">A number for each unit, or null.</param>
    /// <returns>1 x units.</returns>
    public static unsafe Tensor Run(Tensor input, Tensor weight, Tensor? bias)
    {
        Tensor result = empty([1, weight.shape[0]]);
        MatrixVectorProduct.Run(
            (float*)weight.Address(),
            (int)weight.shape[0],
            (int)weight.shape[1],
            (float*)input.Address(),
            bias is null ? null : (float*)bias.Address(),
            (float*)result.Address(),
            get_num_threads()
        );
        return result;
    }

    private static bool IsSuited(Tensor tensor) =>
        tensor.dtype == ScalarType.Float32 && tensor.device.type == TorchSharp.DeviceType.CPU && tensor.is_contiguous();
}
