using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
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

    public override bool AddTo(DirectBuilder program)
    {
        program.Connect(weight.Value.ToFloats(), bias is null ? new float[weight.Value.shape[0]] : bias.Value.ToFloats());
        return true;
    }

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        Tensor rows = input.dim() == 2 ? input : input.flatten(1);
        return SingleProduct.Takes(rows, weight.Value)
            ? SingleProduct.Run(rows, weight.Value, bias?.Value)
            : nn.functional.linear(rows, weight.Value, bias?.Value);
    }
}
