using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Blocks;

/// <summary>
/// Keeps every stride-th position and adds channels of zeros, half before and half after: a residual shortcut without parameters.
/// </summary>
internal sealed record ChannelPadSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="ChannelPadSpec"/> class.</summary>
    /// <param name="channels">The channels that come out, 1 or more.</param>
    /// <param name="stride">The step, 1 or more in each dimension.</param>
    /// <exception cref="InvalidSettingException">A number is below 1.</exception>
    public ChannelPadSpec(int channels, SpatialSize stride)
    {
        Channels = channels >= 1 ? channels : throw new InvalidSettingException("Channels", "an integer of 1 or more", channels);
        Stride = stride.All(step => step >= 1)
            ? stride
            : throw new InvalidSettingException("Stride", "integers of 1 or more", stride.ToString());
    }

    /// <summary>Gets the channels that come out.</summary>
    public int Channels { get; }

    /// <summary>Gets the step in each dimension.</summary>
    public SpatialSize Stride { get; }

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
