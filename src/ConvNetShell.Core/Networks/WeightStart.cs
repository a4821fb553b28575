using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>Draws the first weights of a layer from the network's own random stream.</summary>
/// <param name="Random">The stream; two networks never share one.</param>
/// <param name="Method">How weights start.</param>
/// <param name="Rectified">Whether a rectifier follows the layer.</param>
/// <param name="IsOutput">Whether no other layer with weights follows.</param>
internal sealed record WeightStart(Generator Random, Initialization Method, bool Rectified, bool IsOutput = false)
{
    // Maxima of poolings let activations grow from layer to layer; full-sized output weights would make the first loss twice ln(classes).
    private const double OutputScale = 0.1;

    /// <summary>Returns weights that require a gradient and outlive every dispose scope.</summary>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="inputs">The number of values each output sums up.</param>
    /// <param name="outputs">The number of outputs each input goes to.</param>
    public Tensor Weights(long[] shape, long inputs, long outputs)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor weights = empty(shape);
        if (Method == Initialization.He || (Method == Initialization.Auto && Rectified))
        {
            weights.normal_(0, Math.Sqrt(2.0 / inputs), Random);
        }
        else
        {
            double limit = Math.Sqrt(6.0 / (inputs + outputs)) * (Method == Initialization.Auto && IsOutput ? OutputScale : 1);
            weights.uniform_(-limit, limit, Random);
        }
        return Trainable(shape.Length == 4 ? ChannelsLast.Ensure(weights) : weights);
    }

    /// <summary>Returns a tensor of one value that requires a gradient and outlives every dispose scope.</summary>
    public static Tensor Constant(long length, double value) => Trainable(full(length, value, ScalarType.Float32));

    private static Tensor Trainable(Tensor tensor) => tensor.requires_grad_().DetachFromDisposeScope();
}
