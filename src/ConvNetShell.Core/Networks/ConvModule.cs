using ConvNetShell.Core.Layers;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>The live 2-D convolution.</summary>
internal sealed class ConvModule : LayerModule
{
    private readonly NamedTensor weight;
    private readonly NamedTensor? bias;
    private readonly long[] stride;
    private readonly long groups;
    private readonly SpatialPadding padding;
    private readonly Convolution.Operator convolve;

    public ConvModule(ConvSpec spec, Shape input, WeightStart start)
    {
        int[] kernel = spec.Window.Kernel.Expand(2);
        long area = kernel[0] * kernel[1], channels = input.Channels / spec.Groups;
        weight = new NamedTensor("weight", start.Weights(
            [spec.Filters, channels, kernel[0], kernel[1]], channels * area, spec.Filters / spec.Groups * area));
        bias = spec.Bias ? new NamedTensor("bias", WeightStart.Constant(spec.Filters, 0)) : null;
        stride = [.. spec.Window.Stride.Expand(2)];
        groups = spec.Groups;
        padding = new SpatialPadding(spec.Window.Pads(input));
        Parameters = bias is null ? [weight] : [weight, bias];
        convolve = Convolution.Choose(padding.PaddedShape(input), weight.Value, stride, padding.Symmetric, groups);
    }

    public override IReadOnlyList<NamedTensor> Parameters { get; }

    public override Tensor Forward(Tensor input, in ForwardContext context) => convolve(
        padding.PadUneven(input, 0), weight.Value, bias?.Value, stride, padding.Symmetric, groups);
}
