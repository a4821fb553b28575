using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Dense;

/// <summary>Turns maps into one vector, channel by channel. Dense layers do so by themselves.</summary>
public sealed record FlattenSpec : LayerSpec
{
    /// <inheritdoc />
    public override string Kind => "flatten";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input) => new(checked((int)input.Elements));

    /// <inheritdoc />
    public override string ToToken() => Kind;

    internal override LayerModule Build(Shape input, WeightInitializer start) => new FlattenModule();
}
