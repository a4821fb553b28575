using static TorchSharp.torch;

namespace ConvNetShell.Core.Compute;

/// <summary>Keeps batches and filters channels last in memory, which libtorch's convolutions are several times faster on.</summary>
internal static class ChannelsLast
{
    /// <summary>Returns the tensor itself if it is channels last by the strict measure libtorch uses, else one that is.</summary>
    /// <param name="tensor">A batch or filters with spatial dimensions: the second dimension is the channels.</param>
    public static Tensor Ensure(Tensor tensor)
    {
        long[] shape = tensor.shape,
            wanted = Strides(shape);
        if (tensor.stride().AsSpan().SequenceEqual(wanted))
        {
            return tensor;
        }
        // With one channel or one pixel both layouts have the same order of values; only the strides say which is meant.
        bool sameOrder = shape[1] == 1 || shape.AsSpan(2).IndexOfAnyExcept(1) < 0;
        if (sameOrder)
        {
            return tensor.contiguous().as_strided(shape, wanted, 0);
        }
        long[] last = [0, .. Enumerable.Range(2, shape.Length - 2).Select(d => (long)d), 1];
        long[] back = [0, shape.Length - 1, .. Enumerable.Range(1, shape.Length - 2).Select(d => (long)d)];
        return tensor.permute(last).contiguous().permute(back);
    }

    private static long[] Strides(long[] shape)
    {
        var strides = new long[shape.Length];
        long step = shape[1];
        strides[1] = 1;
        for (int d = shape.Length - 1; d >= 2; d--)
        {
            strides[d] = step;
            step *= shape[d];
        }
        strides[0] = step;
        return strides;
    }
}
