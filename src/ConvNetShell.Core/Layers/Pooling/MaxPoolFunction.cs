using System.Runtime.Intrinsics;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Numbers;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>
/// Max pooling of bfloat16 over windows that stand side by side, on the processor. libtorch's own goes through the channels one by one
/// where there are fewer
/// than the 32 its vectors have room for, which took a seventh of a training step of the CIFAR-10 network. For float32 libtorch's is the
/// quicker one.
/// </summary>
internal sealed class MaxPoolFunction : autograd.SingleTensorFunction<MaxPoolFunction>
{
    private const int SmallPart = 1 << 17; // bytes: less is not worth another thread
    private const int LargestSide = 181; // positions within a window are 16-bit numbers
    private const string Side = "side",
        Sizes = "sizes";

    /// <inheritdoc />
    public override string Name => nameof(MaxPoolFunction);

    /// <summary>Returns whether a batch can be computed here.</summary>
    /// <param name="batch">The batch, NxCxHxW.</param>
    /// <param name="side">The side of the windows, which is the step between them too.</param>
    public static bool Takes(Tensor batch, int side) =>
        Vector256.IsHardwareAccelerated
        && batch.device.type == TorchSharp.DeviceType.CPU
        && batch.dtype == ScalarType.BFloat16
        && batch.shape[1] >= WindowMaximum.Lanes
        && side <= LargestSide
        && batch.shape[2] >= side
        && batch.shape[3] >= side
        && batch.numel() * batch.element_size() <= int.MaxValue
        && batch.permute(0, 2, 3, 1).is_contiguous();

    /// <summary>Pools a batch.</summary>
    /// <param name="batch">A batch that <see cref="Takes"/> takes.</param>
    /// <param name="side">The side of the windows.</param>
    public static Tensor Pool(Tensor batch, int side) => apply(batch, side);

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var batch = (Tensor)vars[0];
        int side = (int)vars[1];
        long[] sizes = batch.shape;
        Tensor largest = empty([sizes[0], sizes[2] / side, sizes[3] / side, sizes[1]], batch.dtype);
        Tensor positions = empty(largest.shape, ScalarType.Int16);
        Over(Windows(sizes, side), batch.permute(0, 2, 3, 1), largest, positions, isWayBack: false);
        ctx.save_for_backward([positions]);
        ctx.save_data(Side, side);
        ctx.save_data(Sizes, sizes);
        return largest.permute(0, 3, 1, 2);
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        OwnGradients.Of(
            arguments: 2,
            () =>
            {
                using Tensor positions = ctx.get_saved_variables()[0],
                    given = grad_output, // a handle of our own, as is the one before
                    ordered = given.permute(0, 2, 3, 1),
                    gradient = ordered.contiguous();
                int side = (int)ctx.get_data(Side);
                long[] sizes = (long[])ctx.get_data(Sizes);
                using Tensor pixels = empty([sizes[0], sizes[2], sizes[3], sizes[1]], gradient.dtype);
                Over(Windows(sizes, side), pixels, gradient, positions, isWayBack: true);
                return [pixels.permute(0, 3, 1, 2)];
            }
        );

    private static WindowMaximum Windows(long[] sizes, int side) =>
        new(new WindowShape((int)sizes[2], (int)sizes[3], (int)sizes[1], side, side, HasRelu: false, Gap: 0));

    /// <summary>Goes over the pictures of a batch, on as many threads as libtorch has here.</summary>
    private static unsafe void Over(WindowMaximum windows, Tensor pixels, Tensor pooled, Tensor positions, bool isWayBack)
    {
        int count = (int)pixels.shape[0],
            whole = (int)(pixels.numel() / count),
            part = (int)(pooled.numel() / count);
        nint picture = pixels.Address(),
            value = pooled.Address(),
            position = positions.Address();
        int threads = (long)count * whole * sizeof(short) < 2 * SmallPart ? 1 : Math.Min(get_num_threads(), count);
        if (threads == 1)
        {
            Go(0);
        }
        else
        {
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, Go);
        }

        void Go(int thread)
        {
            for (int i = (int)((long)count * thread / threads); i < (int)((long)count * (thread + 1) / threads); i++)
            {
                Span<short> all = new((short*)picture + (long)i * whole, whole),
                    at = new((short*)position + (long)i * part, part),
                    best = new((short*)value + (long)i * part, part);
                if (isWayBack)
                {
                    windows.Route(best, at, all);
                }
                else
                {
                    windows.Find(all, best, at);
                }
            }
        }
    }
}
