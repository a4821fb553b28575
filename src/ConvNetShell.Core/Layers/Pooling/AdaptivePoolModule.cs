using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using ConvNetShell.FusedKernels.Direct.Planes;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>The live adaptive or global pooling.</summary>
/// <param name="spec">Its settings.</param>
/// <param name="input">The shape of its input.</param>
internal sealed class AdaptivePoolModule(AdaptivePoolSpec spec, Shape input) : LayerModule
{
    public override bool AddTo(DirectBuilder program)
    {
        int[] lengths = input.ToArray()[1..],
            cells = spec.Size?.Expand(lengths.Length) ?? [.. lengths.Select(_ => 1)];
        if (lengths.Zip(cells).Any(pair => pair.First % pair.Second != 0))
        {
            return false; // windows of different sizes, some of which share pixels
        }
        int[] window = [1, 1, .. lengths.Zip(cells, (length, count) => length / count)]; // a sequence has one row, a picture one frame
        (int frames, int rows, int columns) = (window[^3], window[^2], window[^1]);
        if (window.Any(length => length > 1))
        {
            bool isMean = spec.Pooling == PoolKind.Average;
            program.Pool(new DirectWindow(rows, columns, rows, columns, Frames: frames, FrameStep: frames), isMean);
        }
        return true;
    }

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        bool max = spec.Pooling == PoolKind.Max;
        int dimensions = (int)input.dim() - 2;
        if (spec.Size is null)
        {
            if (max && context.Training && GlobalMaxFunction.Takes(input))
            {
                return GlobalMaxFunction.Pool(input);
            }
            Tensor positions = input.flatten(2);
            return max ? positions.max(2).values : positions.mean([2]);
        }
        long[] size = [.. spec.Size.Expand(dimensions).Select(length => (long)length)];
        return dimensions switch
        {
            1 => max ? nn.functional.adaptive_max_pool1d(input, size[0]) : nn.functional.adaptive_avg_pool1d(input, size[0]),
            2 => max ? nn.functional.adaptive_max_pool2d(input, size) : nn.functional.adaptive_avg_pool2d(input, size),
            _ => max ? LargestOfBoxes(input, size) : nn.functional.adaptive_avg_pool3d(input, size),
        };
    }

    /// <summary>
    /// The largest of a box is the largest of the largest of its slices. TorchSharp 0.107.0 calls the one-dimensional operator for three.
    /// </summary>
    private static Tensor LargestOfBoxes(Tensor input, long[] size)
    {
        long[] shape = input.shape;
        Tensor slices = nn
            .functional.adaptive_max_pool2d(input.flatten(1, 2), [size[1], size[2]])
            .reshape(shape[0], shape[1], shape[2], size[1] * size[2]);
        return nn.functional.adaptive_max_pool2d(slices, [size[0], size[1] * size[2]]).reshape([shape[0], shape[1], .. size]);
    }
}
