using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Activation;

/// <summary>
/// Maxout (Goodfellow et al., arXiv 1302.4389): of each group of neighboring channels, or units of a vector, the largest value at each
/// position. Input CxHxW, output (C / group size)xHxW.
/// </summary>
public sealed record MaxoutSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="MaxoutSpec"/> class.</summary>
    /// <param name="groupSize">The number of channels in a group, which divides the channels; 2 or more.</param>
    /// <exception cref="InvalidSettingException">It is below 2.</exception>
    public MaxoutSpec(int groupSize) =>
        GroupSize = groupSize >= 2 ? groupSize : throw new InvalidSettingException("GroupSize", "an integer of 2 or more", groupSize);

    /// <summary>Gets the number of channels in a group.</summary>
    public int GroupSize { get; }

    /// <inheritdoc />
    public override string Kind => "maxout";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input) =>
        input.Channels % GroupSize == 0
            ? new Shape([input.Channels / GroupSize, .. input.Spatial])
            : throw new LayerException(
                "Layer.Groups",
                ToToken(),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected channels divisible by the group size {GroupSize}. Received: {input.Channels} channels."
                ),
                "Choose another group size, or other filters or units before it."
            );

    /// <inheritdoc />
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"{Kind}{GroupSize}");

    internal override LayerModule Build(Shape input, WeightInitializer start) => new MaxoutModule(GroupSize);
}
