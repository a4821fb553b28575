using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Activation;

/// <summary>
/// In training, sets each value to zero with probability <see cref="Rate"/> and scales the others by 1 / (1 - rate),
/// so that the mean stays; afterwards does nothing (Srivastava et al., 2014). Spatial dropout drops whole maps (Tompson et al., arXiv
/// 1411.4280).
/// </summary>
public sealed record DropoutSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="DropoutSpec"/> class.</summary>
    /// <param name="rate">The probability that a value is dropped: 0 or more, below 1.</param>
    /// <param name="spatial">Whether a channel is dropped as a whole map.</param>
    /// <exception cref="InvalidSettingException">The rate is outside.</exception>
    public DropoutSpec(double rate, bool spatial = false)
    {
        Rate = rate is >= 0 and < 1 ? rate : throw new InvalidSettingException("Rate", "0 or more and below 1", rate);
        Spatial = spatial;
    }

    /// <summary>Gets the probability that a value is dropped.</summary>
    public double Rate { get; }

    /// <summary>Gets a value indicating whether a channel is dropped as a whole map.</summary>
    public bool Spatial { get; }

    /// <inheritdoc />
    public override string Kind => "drop";

    /// <inheritdoc />
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"{(Spatial ? "spatialdrop" : "drop")}{Rate}");

    internal override LayerModule Build(Shape input, WeightInitializer start) => new DropoutModule(this);
}
