using ConvNetShell.Core.Layers;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>The live convolution. One dimension is computed as a picture of height one, which the same operators are fast and right for.</summary>
internal sealed class ConvModule : LayerModule
{
    private readonly NamedTensor weight;
    private readonly NamedTensor? bias;
    private readonly ConvolutionShape shape;
    private readonly SpatialPadding padding;
    private readonly bool signal;
    private readonly Convolution.Operator convolve;
    private Lazy<bool> reducible;

    public ConvModule(ConvSpec spec, Shape input, WeightStart start)
    {
        int dimensions = spec.Dimensions;
        long channels = input.Channels / spec.Groups;
        long[] size = [spec.Filters, channels, .. spec.Window.Kernel.Expand(dimensions).Select(k => (long)k)];
        weight = new NamedTensor("weight", start.For(spec.Start).Weights(size, channels * spec.KernelArea, spec.Filters / spec.Groups * spec.KernelArea, spec.Groups));
        bias = spec.Bias ? new NamedTensor("bias", WeightStart.Constant(spec.Filters, 0)) : null;
        Parameters = bias is null ? [weight] : [weight, bias];
        padding = new SpatialPadding(spec.Window.Pads(input));
        shape = new ConvolutionShape(
            [.. spec.Window.Stride.Expand(dimensions)], padding.Symmetric, [.. spec.Window.Dilation.Expand(dimensions)], spec.Groups);
        long[] padded = padding.PaddedShape(input);
        signal = dimensions == 1;
        if (signal)
        {
            shape = shape.Lifted;
            padded = [padded[0], padded[1], 1, padded[2]];
            size = [size[0], size[1], 1, size[2]];
        }
        convolve = Convolution.Choose(padded, size, shape);
        reducible = new Lazy<bool>(() => Convolution.IsRightReduced(padded, size, shape, convolve));
    }

    public override IReadOnlyList<NamedTensor> Parameters { get; }

    public override bool TakesReduced => true;

    public override void LearnFrom(LayerModule other) => reducible = ((ConvModule)other).reducible;

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        ScalarType type = context.Reduced && reducible.Value ? ScalarType.BFloat16 : weight.Value.dtype;
        Tensor padded = padding.PadUneven(input.to(type), 0), filters = weight.Value.to(type);
        return signal
            ? convolve(padded.unsqueeze(2), filters.unsqueeze(2), bias?.Value.to(type), shape).squeeze(2)
            : convolve(padded, filters, bias?.Value.to(type), shape);
    }
}
