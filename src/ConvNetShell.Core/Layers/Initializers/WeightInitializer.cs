using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Initializers;

/// <summary>Draws the first weights of a layer from the network's own random stream.</summary>
/// <param name="Random">The random stream; each network has its own.</param>
/// <param name="Rule">How weights start.</param>
/// <param name="Rectified">Whether a rectifier follows the layer.</param>
/// <param name="IsOutput">Whether no other layer with weights follows.</param>
internal sealed record WeightInitializer(Generator Random, Initializer Rule, bool Rectified, bool IsOutput = false)
{
    // Maxima of poolings let activations grow from layer to layer; full-sized output weights would make the first loss twice ln(classes).
    private const double OutputScale = 0.1;

    /// <summary>Returns this start with a layer's own rule, where it has one.</summary>
    public WeightInitializer For(Initializer? own) => own is null ? this : this with { Rule = own };

    /// <summary>Returns weights that require a gradient and outlive every dispose scope.</summary>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="inputs">The number of values each output sums up.</param>
    /// <param name="outputs">The number of outputs each input goes to.</param>
    /// <param name="groups">Into how many parts the filters are divided.</param>
    public Tensor Weights(long[] shape, long inputs, long outputs, long groups = 1)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor weights = empty(shape);
        switch (Rule.Method)
        {
            case InitializerKind.He:
            case InitializerKind.Whitening: // until there are images: PatchWhitening
            case InitializerKind.Auto when Rectified:
                weights.normal_(0, Rule.Scale * Math.Sqrt(2.0 / inputs), Random);
                break;
            case InitializerKind.Normal:
                weights.normal_(0, Rule.Scale, Random);
                break;
            case InitializerKind.Constant:
                weights.FillInPlace(Rule.Scale);
                break;
            case InitializerKind.Dirac:
                weights.zero_();
                Identity(weights, Rule.Scale, groups);
                break;
            case InitializerKind.PartialDirac:
                double most = Rule.Scale / Math.Sqrt(inputs);
                weights.uniform_(-most, most, Random);
                Identity(weights, Rule.Scale, groups);
                break;
            default:
                double limit =
                    Rule.Scale * Math.Sqrt(6.0 / (inputs + outputs)) * (Rule.Method == InitializerKind.Auto && IsOutput ? OutputScale : 1);
                weights.uniform_(-limit, limit, Random);
                break;
        }
        return Trainable(shape.Length is >= 3 and <= 5 ? ChannelsLast.Ensure(weights) : weights);
    }

    /// <summary>
    /// Returns weights between two bounds, which require a gradient and outlive every dispose scope; a rule of the user's goes before.
    /// </summary>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="limit">The largest weight.</param>
    public Tensor Uniform(long[] shape, double limit)
    {
        if (Rule.Method != InitializerKind.Auto)
        {
            return Weights(shape, shape[1], shape[0]);
        }
        using var noGradients = no_grad();
        return Trainable(empty(shape).uniform_(-limit, limit, Random));
    }

    /// <summary>Returns a tensor of one value that requires a gradient and outlives every dispose scope.</summary>
    public static Tensor Constant(long length, double value) => Constant([length], value);

    /// <summary>Returns a tensor of one value that requires a gradient and outlives every dispose scope.</summary>
    public static Tensor Constant(long[] shape, double value) => Trainable(empty(shape).FillInPlace(value));

    private static void Identity(Tensor weights, double scale, long groups)
    {
        long[] shape = weights.shape;
        long filters = shape[0] / groups,
            ones = Math.Min(filters, shape[1]);
        for (long i = 0; i < groups * ones; i++)
        {
            Tensor filter = weights[i / ones * filters + i % ones].zero_(),
                middle = filter[i % ones];
            foreach (long size in shape.AsSpan(2))
            {
                middle = middle[(size - 1) / 2];
            }
            middle.FillInPlace(scale);
        }
    }

    private static Tensor Trainable(Tensor tensor) => tensor.requires_grad_().DetachFromDisposeScope();
}
