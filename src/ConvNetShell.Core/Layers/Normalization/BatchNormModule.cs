using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Normalization;

/// <summary>The live batch normalization.</summary>
internal sealed class BatchNormModule : LayerModule
{
    private const double Momentum = 0.1,
        Epsilon = 1e-5;
    private readonly NamedTensor scale,
        shift,
        mean,
        variance;

    public BatchNormModule(Shape input)
    {
        scale = new NamedTensor("weight", WeightInitializer.Constant(input.Channels, 1));
        shift = new NamedTensor("bias", WeightInitializer.Constant(input.Channels, 0));
        mean = new NamedTensor("running_mean", zeros(input.Channels).DetachFromDisposeScope());
        variance = new NamedTensor("running_var", ones(input.Channels).DetachFromDisposeScope());
    }

    public override IReadOnlyList<NamedTensor> Parameters => [scale, shift];

    public override IReadOnlyList<NamedTensor> Buffers => [mean, variance];

    public override bool MixesSamples => true;

    /// <summary>Gets a value indicating whether bfloat16 is taken: libtorch sums and normalizes in float32 in any case.</summary>
    public override bool SupportsBFloat16 => true;

    /// <summary>A frozen layer normalizes by its running averages in training too, and leaves them as they are.</summary>
    public override Tensor Forward(Tensor input, in ForwardContext context) =>
        nn.functional.batch_norm(
            input,
            mean.Value,
            variance.Value,
            scale.Value,
            shift.Value,
            context.Training && scale.Value.requires_grad,
            Momentum,
            Epsilon
        );
}
