using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Normalization;

/// <summary>
/// Group normalization (Wu and He, arXiv 1803.08494): the values of each sample in each group of channels get mean 0 and deviation 1,
/// then each channel a trainable scale and shift. Works the same in training and after it; epsilon 1e-5.
/// </summary>
public sealed record GroupNormSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="GroupNormSpec"/> class.</summary>
    /// <param name="groups">The number of groups, which divides the channels.</param>
    /// <exception cref="InvalidSettingException">It is below 1.</exception>
    public GroupNormSpec(int groups) =>
        Groups = groups >= 1 ? groups : throw new InvalidSettingException("Groups", "an integer of 1 or more", groups);

    /// <summary>Gets the number of groups.</summary>
    public int Groups { get; }

    /// <inheritdoc />
    public override string Kind => "gn";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input) =>
        input.Channels % Groups == 0
            ? input
            : throw new LayerException(
                "Layer.Groups",
                ToToken(),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected input channels divisible by {Groups} groups. Received: {input.Channels} channels."
                ),
                "Choose other groups."
            );

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => 2L * input.Channels;

    /// <inheritdoc />
    public override string Formula(Shape input) =>
        string.Create(CultureInfo.InvariantCulture, $"2x{input.Channels} = {ParameterCount(input)}");

    /// <inheritdoc />
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"{Kind}{Groups}");

    internal override LayerModule Build(Shape input, WeightInitializer start) => new GroupNormModule(Groups, input);
}
