using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>The live pooling; one dimension is computed as a picture of height one.</summary>
internal sealed class PoolModule : LayerModule
{
    private readonly int dimensions;
    private readonly long[] kernel,
        stride,
        symmetric;
    private readonly SpatialPadding padding;
    private readonly bool isTiled; // windows side by side on the input as it is

    public PoolModule(PoolSpec spec, Shape input)
    {
        IsMax = spec.Pooling == PoolKind.Max;
        dimensions = input.Count - 1;
        // libtorch's mean in 3-D wants a window no larger than the bare input
        padding = new SpatialPadding(spec.Window.Pads(input), ahead: !IsMax && dimensions == 3);
        kernel = Lift(spec.Window.Kernel.Expand(dimensions).Select(size => (long)size), 1);
        stride = Lift(spec.Window.Stride.Expand(dimensions).Select(step => (long)step), 1);
        symmetric = Lift(padding.Symmetric, 0);
        isTiled = kernel.SequenceEqual(stride) && symmetric.All(amount => amount == 0);
    }

    /// <summary>Gets a value indicating whether the largest value of a window is taken, not the mean.</summary>
    public bool IsMax { get; }

    /// <summary>Gets the rows and columns of windows that stand side by side on the input as it is; none where they do not.</summary>
    public (int Rows, int Columns)? Tiles => isTiled && dimensions < 3 && padding.IsEven ? ((int)kernel[0], (int)kernel[1]) : null;

    public override bool SupportsBFloat16 => dimensions < 3;

    public override bool AddTo(DirectBuilder program)
    {
        bool isPlain = IsMax || padding.IsNone;
        if (isPlain)
        {
            int[] sizes = [.. kernel.Select(size => (int)size)],
                steps = [.. stride.Select(step => (int)step)];
            program.Pool(padding.Window(sizes[^dimensions..], steps[^dimensions..]), isMean: !IsMax);
        }
        return isPlain;
    }

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        Tensor padded = padding.PadUneven(input, IsMax ? double.NegativeInfinity : 0);
        return dimensions == 1 ? Pool(padded.unsqueeze(2)).squeeze(2) : Pool(padded);
    }

    private Tensor Pool(Tensor padded) =>
        IsMax && isTiled && MaxPoolFunction.Takes(padded, kernel)
            ? MaxPoolFunction.Pool(padded, kernel)
            : (dimensions, IsMax) switch
            {
                (3, true) => nn.functional.max_pool3d(padded, kernel, stride, symmetric),
                (3, false) => nn.functional.avg_pool3d(padded, kernel, stride, symmetric),
                (_, true) => nn.functional.max_pool2d(padded, kernel, stride, symmetric),
                _ => nn.functional.avg_pool2d(padded, kernel, stride, symmetric),
            };

    private long[] Lift(IEnumerable<long> sizes, long first) => dimensions == 1 ? [first, .. sizes] : [.. sizes];
}
