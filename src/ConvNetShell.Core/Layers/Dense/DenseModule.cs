using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Dense;

/// <summary>The live fully connected layer; maps are flattened channel by channel first.</summary>
internal sealed class DenseModule : LayerModule
{
    private readonly NamedTensor weight;
    private readonly NamedTensor? bias;

    public DenseModule(DenseSpec spec, Shape input, WeightInitializer start)
    {
        weight = new NamedTensor("weight", start.For(spec.Initializer).Weights([spec.Units, input.Elements], input.Elements, spec.Units));
        bias = spec.Bias ? new NamedTensor("bias", WeightInitializer.Constant(spec.Units, 0)) : null;
        Parameters = bias is null ? [weight] : [weight, bias];
    }

    public override IReadOnlyList<NamedTensor> Parameters { get; }

    public override Tensor Forward(Tensor input, in ForwardContext context) =>
        nn.functional.linear(input.dim() == 2 ? input : input.flatten(1), weight.Value, bias?.Value);
}
