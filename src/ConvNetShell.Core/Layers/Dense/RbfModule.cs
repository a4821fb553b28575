using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Dense;

/// <summary>The live output layer of fixed codes.</summary>
internal sealed class RbfModule : LayerModule
{
    private const int CodeSeed = 1998;
    private readonly NamedTensor codes;

    public RbfModule(RbfSpec spec, Shape input)
    {
        var random = new SeededRandom(CodeSeed);
        var values = new float[spec.Classes * input.Channels];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextInt(2) == 0 ? -1 : 1;
        }
        codes = new NamedTensor("codes", tensor(values, [spec.Classes, input.Channels]).DetachFromDisposeScope());
    }

    public override IReadOnlyList<NamedTensor> Buffers => [codes];

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        // |x - w|^2 = |x|^2 - 2 x w + |w|^2
        Tensor codeSizes = codes.Value.Squared().sum(1),
            inputSizes = input.Squared().sum(1, keepdim: true);
        return nn.functional.linear(input, codes.Value) - inputSizes.Plus(codeSizes).Times(0.5);
    }
}
