using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Normalization;

/// <summary>
/// Batch normalization (Ioffe and Szegedy, arXiv 1502.03167): each channel gets mean 0 and deviation 1 over the batch,
/// then a trainable scale and shift. After training it uses running averages.
/// </summary>
public sealed record BatchNormSpec : LayerSpec
{
    /// <summary>The usual momentum.</summary>
    internal const double StandardMomentum = 0.1;

    /// <summary>The usual epsilon.</summary>
    internal const double StandardEpsilon = 1e-5;

    /// <summary>Initializes a new instance of the <see cref="BatchNormSpec"/> class.</summary>
    /// <param name="momentum">The fraction of the running averages that each batch replaces, above 0 and at most 1 (PyTorch's momentum;
    /// Keras has 1 minus it). Default: 0.1.</param>
    /// <param name="epsilon">The number added to the variance, from 0 to 1. Default: 0.00001.</param>
    /// <param name="scale">Whether each channel has a trainable scale; without it the scale is 1. Default: true.</param>
    /// <exception cref="InvalidSettingException">A number is out of range.</exception>
    public BatchNormSpec(double momentum = StandardMomentum, double epsilon = StandardEpsilon, bool scale = true)
    {
        Momentum = momentum is > 0 and <= 1 ? momentum : throw new InvalidSettingException("Momentum", "above 0 and at most 1", momentum);
        Epsilon = epsilon is >= 0 and <= 1 ? epsilon : throw new InvalidSettingException("Epsilon", "a number from 0 to 1", epsilon);
        Scale = scale;
    }

    /// <summary>Gets the fraction of the running averages that each batch replaces.</summary>
    public double Momentum { get; }

    /// <summary>Gets the number added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>Gets a value indicating whether each channel has a trainable scale.</summary>
    public bool Scale { get; }

    /// <inheritdoc />
    public override string Kind => "bn";

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => (Scale ? 2L : 1L) * input.Channels;

    /// <inheritdoc />
    public override string Formula(Shape input) =>
        string.Create(CultureInfo.InvariantCulture, $"{(Scale ? 2 : 1)}x{input.Channels} = {ParameterCount(input)}");

    /// <inheritdoc />
    public override string ToToken() =>
        Kind + Option("-m", Momentum, StandardMomentum) + Option("-eps", Epsilon, StandardEpsilon) + (Scale ? string.Empty : "-noscale");

    internal override LayerModule Build(Shape input, WeightInitializer start) => new BatchNormModule(this, input);

    private static string Option(string word, double value, double standard) =>
        value == standard ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{word}{value}").ToLowerInvariant();
}
