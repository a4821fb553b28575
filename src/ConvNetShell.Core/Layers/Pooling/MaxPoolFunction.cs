using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Numbers;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>
/// Max pooling over windows that stand side by side, on the processor. libtorch's own of bfloat16 goes through the channels one by one
/// where there are fewer than the 32 its vectors have room for, which took a seventh of a training step of the CIFAR-10 network; that of
/// float32 writes positions of 64 bits, and the gradients' zeros before the gradients.
/// </summary>
internal sealed class MaxPoolFunction : autograd.SingleTensorFunction<MaxPoolFunction>
{
    private const int SmallPart = 1 << 17; // bytes: less is not worth another thread
    private const string Window = "window",
        Sizes = "sizes";

    /// <inheritdoc />
    public override string Name => nameof(MaxPoolFunction);

    /// <summary>Returns whether a batch can be computed here.</summary>
    /// <param name="batch">The batch, NxCxHxW, or of films NxCxTxHxW.</param>
    /// <param name="window">The frames (of films), rows and columns of the windows, which are the steps between them too.</param>
    public static bool Takes(Tensor batch, long[] window) =>
        (
            batch.dtype == ScalarType.BFloat16
                ? Vector256.IsHardwareAccelerated
                    && window.Length == 2
                    && batch.shape[1] >= WindowMaximum.Lanes
                    && window[0] * window[1] <= short.MaxValue // positions within a window are 16-bit numbers
                : batch.dtype == ScalarType.Float32 && Avx512F.IsSupported
        )
        && batch.device.type == TorchSharp.DeviceType.CPU
        && (window.Length == 2 || batch.shape[2] % window[0] == 0)
        && batch.shape[2..].Zip(window, (size, side) => size >= side).All(fits => fits)
        && batch.numel() > 0
        && batch.numel() * batch.element_size() <= int.MaxValue
        && IsInOrder(batch);

    /// <summary>Pools a batch.</summary>
    /// <param name="batch">A batch that <see cref="Takes"/> takes.</param>
    /// <param name="window">The frames (of films), rows and columns of the windows.</param>
    public static Tensor Pool(Tensor batch, long[] window) => apply(batch, window);

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var batch = (Tensor)vars[0];
        long[] window = (long[])vars[1];
        Tensor pixels = batch.movedim([1], [-1]);
        long[] sizes = pixels.shape;
        Tensor largest = empty([sizes[0], .. sizes[1..^1].Zip(window, (size, side) => size / side), sizes[^1]], batch.dtype);
        Tensor positions = empty(largest.shape, batch.dtype == ScalarType.BFloat16 ? ScalarType.Int16 : ScalarType.Int32);
        Over(window, pixels, largest, positions, isWayBack: false);
        ctx.save_for_backward([positions]);
        ctx.save_data(Window, window);
        ctx.save_data(Sizes, sizes);
        return largest.movedim([-1], [1]);
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        OwnGradients.Of(
            arguments: 2,
            () =>
            {
                using Tensor positions = ctx.get_saved_variables()[0],
                    given = grad_output, // a handle of our own, as is the one before
                    ordered = given.movedim([1], [-1]),
                    gradient = ordered.contiguous();
                using Tensor pixels = empty((long[])ctx.get_data(Sizes), gradient.dtype);
                Over((long[])ctx.get_data(Window), pixels, gradient, positions, isWayBack: true);
                return [pixels.movedim([-1], [1])];
            }
        );

    private static bool IsInOrder(Tensor batch)
    {
        using Tensor pixels = batch.movedim([1], [-1]);
        return pixels.is_contiguous();
    }

    private static void Over(long[] window, Tensor pixels, Tensor pooled, Tensor positions, bool isWayBack)
    {
        long[] sizes = pixels.shape;
        int frames = window.Length > 2 ? (int)window[0] : 1;
        var shape = new WindowShape(
            (int)sizes[^3],
            (int)sizes[^2],
            (int)sizes[^1],
            (int)window[^2],
            (int)window[^1],
            HasRelu: false,
            Gap: 0,
            frames
        );
        int count = (int)(sizes[..^3].Aggregate(1L, (product, size) => product * size) / frames);
        if (pixels.dtype == ScalarType.BFloat16)
        {
            Over(new WindowMaximum(shape), count, pixels, pooled, positions, isWayBack);
        }
        else
        {
            Over(new Float32Windows(shape, isExact: true), count, pixels, pooled, positions, isWayBack);
        }
    }

    /// <summary>Goes over the pictures of a batch, on as many threads as libtorch has here.</summary>
    private static unsafe void Over<T>(IWindows<T> windows, int count, Tensor pixels, Tensor pooled, Tensor positions, bool isWayBack)
        where T : unmanaged
    {
        int whole = (int)(pixels.numel() / count),
            part = (int)(pooled.numel() / count);
        nint picture = pixels.Address(),
            value = pooled.Address(),
            position = positions.Address();
        int threads = (long)count * whole * sizeof(T) < 2 * SmallPart ? 1 : Math.Min(get_num_threads(), count);
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
                Span<T> all = new((T*)picture + (long)i * whole, whole),
                    at = new((T*)position + (long)i * part, part),
                    best = new((T*)value + (long)i * part, part);
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
