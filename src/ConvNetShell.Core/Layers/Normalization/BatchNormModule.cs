using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using ConvNetShell.FusedKernels.Normalization;
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
        scale.Freeze(!spec.Scale);
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

    /// <summary>Gets the scales.</summary>
    public Tensor Scale => scale.Value;

    /// <summary>Gets the shifts.</summary>
    public Tensor Shift => shift.Value;

    /// <summary>Gets a value indicating whether a training step uses the batch: a frozen layer uses its running averages.</summary>
    public bool Learns => !shift.IsFrozen;

    public override bool AddTo(DirectBuilder program)
    {
        float[] means = mean.Value.ToFloats(),
            variances = variance.Value.ToFloats(),
            scales = scale.Value.ToFloats(),
            shifts = shift.Value.ToFloats();
        double[] factors = [.. variances.Select((number, i) => scales[i] / Math.Sqrt(number + spec.Epsilon))];
        program.Scale(factors, [.. factors.Select((factor, i) => shifts[i] - factor * means[i])]);
        return true;
    }

    /// <summary>A frozen layer normalizes by its running averages in training too, and leaves them as they are.</summary>
    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        bool learns = context.Training && Learns;
        if (learns && BatchNormFunction.Takes(input))
        {
            Tensor rows = BatchNormFunction.Rows(input);
            ChannelMoments moments = Whole(BatchNormFunction.Measure(rows.detach()), context.Part);
            if (moments.Count > 1) // libtorch refuses a single value
            {
                FusedBatchNorm norm = Follow(moments, context, context.Rectifies ? NormActivation.Relu : NormActivation.None);
                return BatchNormFunction.Normalize(rows, scale.Value, shift.Value, norm, context.Part);
            }
        }
        Tensor output = nn.functional.batch_norm(
            input,
            mean.Value,
            variance.Value,
            scale.Value,
            shift.Value,
            learns,
            spec.Momentum,
            spec.Epsilon
        );
        return context.Rectifies ? output.relu() : output;
    }

    /// <summary>Makes the running averages follow a part of a batch, and returns what normalizes it.</summary>
    /// <param name="own">The moments of the part.</param>
    /// <param name="context">How the pass is meant.</param>
    /// <param name="activation">What follows.</param>
    public FusedBatchNorm Join(ChannelMoments own, in ForwardContext context, NormActivation activation) =>
        Follow(Whole(own, context.Part), context, activation);

    private static ChannelMoments Whole(ChannelMoments own, BatchPart? part) =>
        part is null
            ? own
            : part.Join(own, (one, other) => one.With(other))
                ?? throw new OperationCanceledException("Another part of the batch has failed.");

    private static ReadOnlySpan<float> Floats(Tensor values) => MemoryMarshal.Cast<byte, float>(values.bytes);

    private FusedBatchNorm Follow(ChannelMoments moments, in ForwardContext context, NormActivation activation)
    {
        if (context.Part?.IsLast ?? true)
        {
            Follow(mean, moments.Means);
            Follow(variance, [.. moments.Squares.Select(sum => sum / (moments.Count - 1))]);
        }
        return new FusedBatchNorm(moments, Floats(scale.Value), Floats(shift.Value), spec.Epsilon, activation);
    }

    private void Follow(NamedTensor average, double[] now)
    {
        Span<float> numbers = MemoryMarshal.Cast<byte, float>(average.Value.bytes);
        for (int channel = 0; channel < now.Length; channel++)
        {
            numbers[channel] = (float)(numbers[channel] * (1 - spec.Momentum) + now[channel] * spec.Momentum);
        }
    }
}
