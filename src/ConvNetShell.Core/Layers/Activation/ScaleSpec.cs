using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Activation;

/// <summary>Multiplies every value by a fixed number; before a softmax it sets how sure the network starts out.</summary>
public sealed record ScaleSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="ScaleSpec"/> class.</summary>
    /// <param name="factor">The number; finite, not 0.</param>
    /// <exception cref="InvalidSettingException">The number is 0 or not finite.</exception>
    public ScaleSpec(double factor) =>
        Factor =
            double.IsFinite(factor) && factor != 0
                ? factor
                : throw new InvalidSettingException("The scale", "a finite number other than 0", factor);

    /// <summary>Gets the number.</summary>
    public double Factor { get; }

    /// <inheritdoc />
    public override string Kind => "scale";

    /// <inheritdoc />
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"{Kind}{Factor}");

    internal override LayerModule Build(Shape input, WeightInitializer start) => new ScaleModule(Factor);
}
