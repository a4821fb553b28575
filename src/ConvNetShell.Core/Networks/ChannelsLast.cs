using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>Keeps pictures and filters channels last in memory, which libtorch's convolutions are several times faster on.</summary>
internal static class ChannelsLast
{
    /// <summary>Returns the tensor itself if it is channels last by the strict measure libtorch uses, else one that is.</summary>
    /// <param name="tensor">A batch of pictures, or filters: four dimensions, the second of them the channels.</param>
    public static Tensor Ensure(Tensor tensor)
    {
        long[] shape = tensor.shape, wanted = Strides(shape);
        if (tensor.stride().AsSpan().SequenceEqual(wanted))
        {
            return tensor;
        }
        // With one channel or one pixel both layouts have the same order of values; only the strides say which is meant.
        bool sameOrder = shape[1] == 1 || (shape[2] == 1 && shape[3] == 1);
        return sameOrder
            ? tensor.contiguous().as_strided(shape, wanted, 0)
            : tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    }

    private static long[] Strides(long[] shape) => [shape[1] * shape[2] * shape[3], 1, shape[1] * shape[3], shape[1]];
}
