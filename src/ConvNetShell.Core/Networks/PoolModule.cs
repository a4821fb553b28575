using ConvNetShell.Core.Layers;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>The live pooling.</summary>
internal sealed class PoolModule(PoolSpec spec, Shape input) : LayerModule
{
    private readonly long[] kernel = [.. spec.Window.Kernel.Expand(2)];
    private readonly long[] stride = [.. spec.Window.Stride.Expand(2)];
    private readonly SpatialPadding padding = new(spec.Window.Pads(input));

    public override Tensor Forward(Tensor input, in ForwardContext context) => spec.Pooling == PoolKind.Max
        ? nn.functional.max_pool2d(padding.PadUneven(input, double.NegativeInfinity), kernel, stride, padding.Symmetric)
        : nn.functional.avg_pool2d(padding.PadUneven(input, 0), kernel, stride, padding.Symmetric);
}
