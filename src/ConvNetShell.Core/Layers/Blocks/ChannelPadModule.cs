using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Blocks;

/// <summary>The live shortcut of zeros.</summary>
internal sealed class ChannelPadModule(ChannelPadSpec spec, Shape input) : LayerModule
{
    private readonly int[] stride = spec.Stride.Expand(input.Count - 1);

    public override bool SupportsBFloat16 => true;

    public override bool AddTo(DirectBuilder program)
    {
        if (stride.Length == 2)
        {
            program.Shortcut(spec.Channels, stride[0], stride[1]);
        }
        return stride.Length == 2;
    }

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        Tensor strided = input;
        for (int d = 0; d < stride.Length; d++)
        {
            strided = stride[d] == 1 ? strided : strided.slice(d + 2, 0, strided.shape[d + 2], stride[d]);
        }
        long missing = spec.Channels - input.shape[1];
        return nn.functional.pad(strided, [.. Enumerable.Repeat(0L, 2 * stride.Length), missing / 2, missing - missing / 2]);
    }
}
