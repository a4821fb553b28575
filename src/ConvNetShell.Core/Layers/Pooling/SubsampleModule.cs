using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>The live subsampling. The coefficient starts at one over the window's area, which makes it a mean.</summary>
internal sealed class SubsampleModule : LayerModule
{
    private readonly PoolModule mean;
    private readonly NamedTensor coefficient,
        bias;
    private readonly double area;
    private readonly long[] broadcast;

    public SubsampleModule(SubsampleSpec spec, Shape input)
    {
        int dimensions = input.Count - 1;
        mean = new PoolModule(new PoolSpec(PoolKind.Average, spec.Window), input);
        area = Math.Pow(spec.Window.Kernel[0], dimensions);
        coefficient = new NamedTensor("weight", WeightInitializer.Constant(input.Channels, 1 / area));
        bias = new NamedTensor("bias", WeightInitializer.Constant(input.Channels, 0));
        broadcast = [1, input.Channels, .. Enumerable.Repeat(1L, dimensions)];
    }

    public override IReadOnlyList<NamedTensor> Parameters => [coefficient, bias];

    public override Tensor Forward(Tensor input, in ForwardContext context) =>
        (mean.Forward(input, context) * coefficient.Value.Times(area).reshape(broadcast)).Plus(bias.Value.reshape(broadcast));
}
