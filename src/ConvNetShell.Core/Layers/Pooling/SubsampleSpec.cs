using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>
/// The subsampling of LeNet-5 (LeCun et al., 1998): the sum of each window, times a trainable coefficient a channel, plus a trainable bias.
/// </summary>
public sealed record SubsampleSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="SubsampleSpec"/> class.</summary>
    /// <param name="size">The window's size and step, 1 or more.</param>
    /// <exception cref="InvalidSettingException">The size is below 1.</exception>
    public SubsampleSpec(int size) =>
        Window = new Window(
            size >= 1 ? size : throw new InvalidSettingException("Size", "an integer of 1 or more", size),
            size,
            Padding.Valid
        );

    /// <inheritdoc />
    public override Window Window { get; }

    /// <inheritdoc />
    public override string Kind => "pool";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input) => new([input.Channels, .. Window.OutputSizes(ToToken(), input)]);

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => 2L * input.Channels;

    /// <inheritdoc />
    public override string Formula(Shape input) =>
        string.Create(CultureInfo.InvariantCulture, $"2x{input.Channels} = {ParameterCount(input)}");

    /// <inheritdoc />
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"subsample{Window.Kernel[0]}");

    internal override LayerModule Build(Shape input, WeightInitializer start) => new SubsampleModule(this, input);
}
