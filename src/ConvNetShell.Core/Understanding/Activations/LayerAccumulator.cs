using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Activations;

/// <summary>Accumulates the output of a layer, batch by batch.</summary>
/// <param name="layer">The layer.</param>
internal sealed class LayerAccumulator(NetworkLayer layer)
{
    private const double Edge = 0.05;
    private const double ScaledTanhHeight = 1.7159;
    private readonly bool[] alive = new bool[layer.Output.Channels];
    private double? gradientSquares;
    private double sum,
        squares,
        min = double.PositiveInfinity,
        max = double.NegativeInfinity;
    private long count,
        zeros,
        saturated,
        odd,
        images;

    public NetworkLayer Layer { get; } = layer;

    private ActivationKind? Function => (Layer.Spec as ActivationSpec)?.Function;

    /// <summary>Adds a batch of values, and the gradient of the images' summed loss there.</summary>
    public void Add(Tensor values, Tensor? gradient)
    {
        Tensor finite = values.isfinite(),
            used = values.masked_select(finite).to(ScalarType.Float64);
        long all = values.numel(),
            kept = used.numel();
        odd += all - kept;
        count += kept;
        images += values.shape[0];
        if (kept > 0)
        {
            sum += used.sum().item<double>();
            squares += used.Squared().sum().item<double>();
            min = Math.Min(min, used.min().item<double>());
            max = Math.Max(max, used.max().item<double>());
            zeros += kept - used.count_nonzero().item<long>();
            saturated += Saturated(used);
        }
        Tensor perUnit = values.to(ScalarType.Bool).transpose(0, 1).flatten(1).any(1);
        bool[] answered = perUnit.cpu().data<bool>().ToArray();
        for (int i = 0; i < alive.Length; i++)
        {
            alive[i] |= answered[i];
        }
        if (gradient is not null)
        {
            gradientSquares = (gradientSquares ?? 0) + gradient.to(ScalarType.Float64).Squared().sum().item<double>();
        }
    }

    /// <summary>Returns the figures.</summary>
    public LayerMeasure Report((double Weight, double Gradient)? weights, double learningRate)
    {
        double mean = sum / count;
        int[] dead = Function == ActivationKind.ReLU ? [.. Enumerable.Range(0, alive.Length).Where(i => !alive[i])] : [];
        return new LayerMeasure(
            Layer.Name,
            Layer.Spec.ToToken(),
            Layer.Output.ToString(),
            alive.Length,
            mean,
            Math.Sqrt(Math.Max(0, squares / count - mean * mean)),
            count == 0 ? double.NaN : min,
            count == 0 ? double.NaN : max,
            (double)zeros / count,
            Math.Sqrt((gradientSquares ?? double.NaN) / (images * Layer.Output.Elements))
        )
        {
            DeadUnits = dead,
            DeadFraction = Function == ActivationKind.ReLU ? (double)dead.Length / alive.Length : double.NaN,
            SaturatedFraction = Function is ActivationKind.Sigmoid or ActivationKind.Tanh or ActivationKind.ScaledTanh
                ? (double)saturated / count
                : double.NaN,
            WeightSize = weights?.Weight ?? double.NaN,
            GradientSize = weights?.Gradient ?? double.NaN,
            UpdateRatio = weights is { } sizes ? learningRate * sizes.Gradient / sizes.Weight : double.NaN,
            NaNCount = odd,
        };
    }

    /// <summary>Counts the values within a twentieth of the function's range from its ends.</summary>
    private long Saturated(Tensor values) =>
        Function switch
        {
            ActivationKind.Sigmoid => values.Plus(-0.5).abs().IsAbove(0.5 - Edge).sum().item<long>(),
            ActivationKind.Tanh => values.abs().IsAbove(1 - 2 * Edge).sum().item<long>(),
            ActivationKind.ScaledTanh => values.abs().IsAbove(ScaledTanhHeight * (1 - 2 * Edge)).sum().item<long>(),
            _ => 0,
        };
}
