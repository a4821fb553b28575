using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Normalization;

/// <summary>The live group normalization; layer normalization has one group.</summary>
internal sealed class GroupNormModule : LayerModule
{
    private const double Epsilon = 1e-5;
    private readonly long groups;
    private readonly NamedTensor scale,
        shift;

    public GroupNormModule(int groups, Shape input)
    {
        this.groups = groups;
        scale = new NamedTensor("weight", WeightInitializer.Constant(input.Channels, 1));
        shift = new NamedTensor("bias", WeightInitializer.Constant(input.Channels, 0));
    }

    public override IReadOnlyList<NamedTensor> Parameters => [scale, shift];

    public override Tensor Forward(Tensor input, in ForwardContext context) =>
        nn.functional.group_norm(input, groups, scale.Value, shift.Value, Epsilon);
}
