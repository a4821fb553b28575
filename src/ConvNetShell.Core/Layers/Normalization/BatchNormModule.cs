using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Normalization;

/// <summary>The live batch normalization.</summary>
internal sealed class BatchNormModule : LayerModule
{
    private readonly BatchNormSpec spec;
    private readonly NamedTensor scale,
        shift,
        mean,
        variance;

    public BatchNormModule(BatchNormSpec spec, Shape input)
    {
        this.spec = spec;
        scale = new NamedTensor("weight", WeightInitializer.Constant(input.Channels, 1));
        shift = new NamedTensor("bias", WeightInitializer.Constant(input.Channels, 0));
        mean = new NamedTensor("running_mean", zeros(input.Channels).DetachFromDisposeScope());
        variance = new NamedTensor("running_var", ones(input.Channels).DetachFromDisposeScope());
        scale.Value.requires_grad_(spec.Scale);
        Parameters = spec.Scale ? [scale, shift] : [shift];
        Buffers = spec.Scale ? [mean, variance] : [scale, mean, variance];
    }

    public override IReadOnlyList<NamedTensor> Parameters { get; }

    /// <summary>Gets the running averages; a scale that is not trained is kept as ones, so that files have the weights other programs read.
    /// </summary>
    public override IReadOnlyList<NamedTensor> Buffers { get; }

    public override bool MixesSamples => true;

    public override bool MakesNewNumbers => true;

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
            context.Training && shift.Value.requires_grad,
            spec.Momentum,
            spec.Epsilon
        );
}
