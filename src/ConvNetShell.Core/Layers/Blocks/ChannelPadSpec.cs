using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Blocks;

/// <summary>
/// Keeps every stride-th position and adds channels of zeros, half before and half after: a residual shortcut without parameters.
/// </summary>
/// <param name="Channels">The channels that come out.</param>
/// <param name="Stride">The step.</param>
public sealed record ChannelPadSpec(int Channels, SpatialSize Stride) : LayerSpec
{
    /// <inheritdoc />
    public override string Kind => "skip";

    /// <inheritdoc />
    public override Window? Window => new(1, Stride, Padding.Valid);

    /// <inheritdoc />
    public override Shape OutputShape(Shape input) =>
        input.Channels <= Channels
            ? new Shape([Channels, .. Window!.OutputSizes(ToToken(), input)])
            : throw new LayerException(
                "Layer.Join",
                ToToken(),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected at most {Channels} channels, as zeros can only add to them. Received: {input}."
                ),
                "Use -Shortcut Projection."
            );

    /// <inheritdoc />
    public override string ToToken() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"skip{Channels}{(Stride.Equals(1) ? string.Empty : "s" + WindowToken.Number(Stride))}"
        );

    internal override LayerModule Build(Shape input, WeightInitializer start) => new ChannelPadModule(this, input);
}
