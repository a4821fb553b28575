using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Blocks;

/// <summary>
/// A residual block: the output of its layers is added to its input (He et al., arXiv 1512.03385). An activation after the sum is
/// a layer of its own.
/// </summary>
public sealed record ResidualSpec : BlockSpec
{
    private readonly IReadOnlyList<LayerSpec> layers;

    /// <summary>Initializes a new instance of the <see cref="ResidualSpec"/> class.</summary>
    /// <param name="layers">The layers, one or more.</param>
    /// <param name="shortcut">How the input gets to the end where the layers change the shape.</param>
    /// <exception cref="InvalidSettingException">There is no layer.</exception>
    public ResidualSpec(IReadOnlyList<LayerSpec> layers, ShortcutKind shortcut)
    {
        this.layers = layers.Count > 0 ? [.. layers] : throw new InvalidSettingException("Layer", "one or more layers", "no layer");
        Shortcut = shortcut;
        Depth = DepthOf(layers);
    }

    /// <summary>Gets how the input gets to the end where the layers change the shape.</summary>
    public ShortcutKind Shortcut { get; }

    /// <inheritdoc />
    public override JoinKind Join => JoinKind.Add;

    /// <inheritdoc />
    public override string Kind => "res";

    /// <inheritdoc />
    public override IReadOnlyList<IReadOnlyList<LayerSpec>> Branches(Shape input)
    {
        Shape output = layers.Aggregate(input, (shape, layer) => layer.OutputShape(shape));
        return output.Equals(input) || Shortcut == ShortcutKind.Identity ? [layers, []] : [layers, Bridge(input, output)];
    }

    /// <inheritdoc />
    public override string ToToken()
    {
        string token = Shortcut switch
        {
            ShortcutKind.Pad => "respad",
            ShortcutKind.Projection => "resproj",
            _ => "res",
        };
        return $"{token}({string.Join(' ', layers)})";
    }

    /// <inheritdoc />
    public bool Equals(ResidualSpec? other) => other is not null && ToToken() == other.ToToken() && Name == other.Name;

    /// <inheritdoc />
    public override int GetHashCode() => ToToken().GetHashCode(StringComparison.Ordinal);

    internal override IReadOnlyList<IReadOnlyList<LayerSpec>> Given => [layers];

    internal override BlockSpec With(IReadOnlyList<IReadOnlyList<LayerSpec>> branches) => new ResidualSpec(branches[0], Shortcut);

    private protected override Shape Joined(Shape input, IReadOnlyList<Shape> outputs) =>
        outputs[0].Equals(outputs[1])
            ? outputs[0]
            : throw new LayerException(
                "Layer.Join",
                ToToken(),
                $"expected layers that keep the shape {input}, or a shortcut with the same output shape. Received: {outputs[0]} "
                    + $"from the layers, {outputs[1]} from the shortcut.",
                "Use padding Same and as many filters as channels, or -Shortcut Pad or Projection."
            );

    private IReadOnlyList<LayerSpec> Bridge(Shape input, Shape output)
    {
        if (input.Count < 2 || output.Count != input.Count)
        {
            return [];
        }
        var stride = new SpatialSize([.. Enumerable.Range(1, input.Count - 1).Select(d => (input[d] + output[d] - 1) / output[d])]);
        return Shortcut == ShortcutKind.Pad
            ? [new ChannelPadSpec(output.Channels, stride)]
            :
            [
                new ConvSpec(output.Channels, new Window(1, stride, Padding.Valid), bias: false, dimensions: input.Count - 1),
                new BatchNormSpec(),
            ];
    }
}
