using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Streams;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>Traces of layers that change values one by one: activations, normalizations, and layers that only forward values.</summary>
internal static class ElementwiseContributions
{
    private const double Epsilon = 1e-5;

    public static ContributionTrace Activation(TracedUnit unit, ActivationKind function)
    {
        if (function == ActivationKind.Softmax)
        {
            double largest = unit.Input.Max();
            Contribution[] powers = [.. unit.Input.Select((value, i) => new Contribution([i], value, 1, Math.Exp(value - largest)))];
            return new ContributionTrace("exp(value - largest) / sum of all", powers)
            {
                Result = powers[unit.At[0]].Product / powers.Sum(tap => tap.Product),
                Lead = unit.At[0],
            };
        }
        double x = unit.Same(1).Value;
        (string operation, double result) = function switch
        {
            ActivationKind.ReLU => ("max(0, value)", Math.Max(0, x)),
            ActivationKind.LeakyReLU => ("value, or 0.01 of a negative one", x > 0 ? x : 0.01 * x),
            ActivationKind.Sigmoid => ("1 / (1 + exp(-value))", 1 / (1 + Math.Exp(-x))),
            ActivationKind.Tanh => ("tanh(value)", Math.Tanh(x)),
            ActivationKind.ScaledTanh => ("1.7159 tanh(2/3 value)", 1.7159 * Math.Tanh(x * 2 / 3)),
            _ => ("value times the normal distribution function of it", x * Below(x)),
        };
        return new ContributionTrace(operation, [unit.Same(1)]) { Result = result };
    }

    public static ContributionTrace BatchNorm(TracedUnit unit, double epsilon)
    {
        int channel = unit.At[0];
        return Normalized(
            unit,
            unit.Numbers("running_mean")![channel],
            unit.Numbers("running_var")![channel] + epsilon,
            "of the channel in training"
        );
    }

    /// <summary>Mean and variance of the sample's own values in a group of channels.</summary>
    public static ContributionTrace GroupNorm(TracedUnit unit, int groups)
    {
        int size = unit.Input.Length / groups,
            group = unit.At[0] / (unit.Sizes[0] / groups);
        double[] values = unit.Input[(group * size)..((group + 1) * size)];
        double mean = values.Average();
        return Normalized(
            unit,
            mean,
            values.Average(value => (value - mean) * (value - mean)) + Epsilon,
            groups == 1 ? "of the sample" : "of the group of channels"
        );
    }

    public static ContributionTrace LocalResponse(TracedUnit unit, LocalResponseSpec spec)
    {
        int before = (spec.Size - 1) / 2,
            after = spec.Size / 2;
        double squares = Enumerable
            .Range(unit.At[0] - before, before + after + 1)
            .Sum(channel =>
            {
                double value = unit.Contribution([channel, .. unit.At[1..]], 1).Value;
                return value * value;
            });
        return new ContributionTrace(
            "value / (k + alpha x sum of the neighbors' squares)^beta",
            [unit.Same(Math.Pow(spec.K + spec.Alpha * squares, -spec.Beta))]
        );
    }

    public static ContributionTrace Scale(TracedUnit unit, double factor) => new("value times a factor", [unit.Same(factor)]);

    public static ContributionTrace Pass(TracedUnit unit) => new("the value itself", [unit.Same(1)]);

    /// <summary>Flattening keeps the order of the values: their index in the vector.</summary>
    public static ContributionTrace Flatten(TracedUnit unit) =>
        new("the value itself", [unit.Contribution(WindowPositions.At(unit.Sizes, unit.At[0]), 1)]);

    /// <summary>The shortcut of a residual block: every stride-th position, and channels of zeros on both sides.</summary>
    public static ContributionTrace ChannelPad(TracedUnit unit, ChannelPadSpec spec)
    {
        int[] position = [unit.At[0] - (spec.Channels - unit.Sizes[0]) / 2, .. unit.At.Skip(1).Select((p, d) => p * spec.Stride[d])];
        return new ContributionTrace("the value itself, or a channel of zeros", [unit.Contribution(position, 1)]);
    }

    /// <summary>A stream of a film: the same position of the picture, or where the sound track has a place of the sequence.</summary>
    public static ContributionTrace Stream(TracedUnit unit, StreamSpec spec)
    {
        int[] position = unit.At;
        if (spec.Stream == StreamKind.Sound)
        {
            int[] inTrack = WindowPositions.At([unit.Sizes[1], spec.Rows, unit.Sizes[3]], unit.At[1]);
            position = [unit.At[0], inTrack[0], unit.Sizes[2] - spec.Rows + inTrack[1], inTrack[2]];
        }
        return new ContributionTrace("the value itself", [unit.Contribution(position, 1)]);
    }

    private static ContributionTrace Normalized(TracedUnit unit, double mean, double variance, string whose)
    {
        double weight = unit.Numbers("weight")![unit.At[0]] / Math.Sqrt(variance);
        return new ContributionTrace($"(value - mean) / deviation x scale + shift; mean and deviation {whose}", [unit.Same(weight)])
        {
            Bias = unit.Numbers("bias")![unit.At[0]] - mean * weight,
        };
    }

    private static double Below(double x)
    {
        using Tensor position = tensor(x / Math.Sqrt(2), ScalarType.Float64),
            erf = special.erf(position);
        return 0.5 * (1 + erf.item<double>());
    }
}
