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
        long before = (spec.Channels - input.shape[1]) / 2;
        return context.Training && input.device.type == TorchSharp.DeviceType.CPU
            ? ChannelPadFunction.Pad(input, stride, before, spec.Channels)
            : ChannelPadFunction.PadByLibrary(input, stride, before, spec.Channels);
    }
}
