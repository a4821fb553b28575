using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>The live transposed convolution: the whole output, then the padding cut off it, then the bias.</summary>
internal sealed class TransposedConvModule : LayerModule
{
    private readonly NamedTensor weight;
    private readonly NamedTensor? bias;
    private readonly ConvolutionShape shape;
    private readonly long[]? cut;
    private readonly bool signal;
    private readonly ConvolutionAlgorithms.Operator convolve;

    public TransposedConvModule(TransposedConvSpec spec, Shape input, WeightInitializer start)
    {
        int dimensions = spec.Dimensions;
        long filters = spec.Filters / spec.Groups;
        long[] size = [input.Channels, filters, .. spec.Window.Kernel.Expand(dimensions).Select(k => (long)k)];
        weight = new NamedTensor(
            "weight",
            start.For(spec.Initializer).Weights(size, input.Channels / spec.Groups * spec.KernelArea, filters * spec.KernelArea)
        );
        bias = spec.Bias ? new NamedTensor("bias", WeightInitializer.Constant(spec.Filters, 0)) : null;
        Parameters = bias is null ? [weight] : [weight, bias];
        (int Before, int After)[] cuts = spec.Cuts();
        bool even = cuts.All(pair => pair.Before == pair.After);
        // A negative padding cuts.
        cut = even ? null : [.. cuts.Reverse().SelectMany(pair => new long[] { -pair.Before, -pair.After })];
        shape = new ConvolutionShape(
            [.. spec.Window.Stride.Expand(dimensions)],
            [.. cuts.Select(pair => even ? (long)pair.Before : 0)],
            [.. spec.Window.Dilation.Expand(dimensions)],
            spec.Groups
        );
        long[] batch = [2, .. input.ToArray().Select(length => (long)length)];
        signal = dimensions == 1;
        if (signal)
        {
            shape = shape.Lifted;
            batch = [batch[0], batch[1], 1, batch[2]];
            size = [size[0], size[1], 1, size[2]];
        }
        convolve = ConvolutionAlgorithms.ChooseTransposed(batch, size, shape);
    }

    public override IReadOnlyList<NamedTensor> Parameters { get; }

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        Tensor output = signal
            ? convolve(input.unsqueeze(2), weight.Value.unsqueeze(2), null, shape).squeeze(2)
            : convolve(input, weight.Value, null, shape);
        Tensor placed = cut is null ? output : nn.functional.pad(output, cut);
        return bias is null ? placed : placed.Plus(bias.Value.reshape([1, -1, .. Enumerable.Repeat(1L, (int)placed.dim() - 2)]));
    }
}
