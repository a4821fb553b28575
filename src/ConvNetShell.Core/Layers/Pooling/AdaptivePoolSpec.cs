using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>
/// A pooling whose windows follow from the output it is to have: in each dimension cell i of m covers the input from
/// floor(i n / m) to ceil((i + 1) n / m). A global pooling (Lin et al., arXiv 1312.4400) leaves one number a channel: a vector.
/// </summary>
public sealed record AdaptivePoolSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="AdaptivePoolSpec"/> class.</summary>
    /// <param name="pooling">The value kept of a window: its maximum or average.</param>
    /// <param name="size">The output's size; <see langword="null"/> for a global pooling.</param>
    /// <exception cref="InvalidSettingException">A size is below 1.</exception>
    public AdaptivePoolSpec(PoolKind pooling, SpatialSize? size)
    {
        Pooling = pooling;
        Size =
            size is null || size.All(length => length >= 1)
                ? size
                : throw new InvalidSettingException("OutputSize", "integers of 1 or more", size.ToString());
    }

    /// <summary>Gets the value kept of a window: its maximum or average.</summary>
    public PoolKind Pooling { get; }

    /// <summary>Gets the output's size, or <see langword="null"/> for a global pooling.</summary>
    public SpatialSize? Size { get; }

    /// <inheritdoc />
    public override string Kind => "pool";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input)
    {
        Dimension.Require(ToToken(), input, Size is { Count: > 1 } ? Size.Count : null);
        if (Size is null)
        {
            return new Shape(input.Channels);
        }
        return new Shape([input.Channels, .. Size.Expand(input.Count - 1)]);
    }

    /// <inheritdoc />
    public override string ToToken()
    {
        string pooling = Pooling == PoolKind.Average ? "avg" : "max";
        return Size is null ? $"global{pooling}" : $"adaptive{pooling}{WindowToken.Number(Size)}";
    }

    internal override LayerModule Build(Shape input, WeightInitializer start) => new AdaptivePoolModule(this, input);
}
