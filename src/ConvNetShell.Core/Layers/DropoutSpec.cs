using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Layers;

/// <summary>
/// In training, sets each value to zero with probability <see cref="Rate"/> and scales the others by 1 / (1 - rate),
/// so that the mean stays; afterwards does nothing (Srivastava et al., 2014).
/// </summary>
public sealed record DropoutSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="DropoutSpec"/> class.</summary>
    /// <param name="rate">The probability that a value is dropped: 0 or more, below 1.</param>
    /// <exception cref="InvalidSettingException">The rate is outside.</exception>
    public DropoutSpec(double rate) =>
        Rate = rate is >= 0 and < 1 ? rate : throw new InvalidSettingException("-Rate", "0 or more and below 1", rate);

    /// <summary>Gets the probability that a value is dropped.</summary>
    public double Rate { get; }

    /// <inheritdoc />
    public override string Kind => "drop";

    /// <inheritdoc />
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"drop{Rate}");

    internal override LayerModule Build(Shape input, WeightStart start) => new DropoutModule(Rate);
}
