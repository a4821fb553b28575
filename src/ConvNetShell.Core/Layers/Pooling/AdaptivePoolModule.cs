using ConvNetShell.FusedKernels.Direct;
using ConvNetShell.FusedKernels.Direct.Planes;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>The live adaptive or global pooling.</summary>
internal sealed class AdaptivePoolModule(AdaptivePoolSpec spec) : LayerModule
{
    public override bool AddTo(DirectBuilder program)
    {
        if (spec.Size is null)
        {
            Plane whole = program.Here;
            program.Pool(new DirectWindow(whole.Height, whole.Width, 1, 1, Frames: whole.Frames), isMean: spec.Pooling == PoolKind.Average);
        }
        return spec.Size is null;
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
