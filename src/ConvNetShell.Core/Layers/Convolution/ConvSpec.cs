using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// A convolution (computed as cross-correlation, as usual) in one to three dimensions: each filter sees every channel of a
/// window, or of its group of channels, and gives one number for each position. Input CxHxW, output FiltersxH'xW'.
/// </summary>
public sealed record ConvSpec : FilterSpec
{
    /// <summary>Initializes a new instance of the <see cref="ConvSpec"/> class.</summary>
    /// <param name="filters">The number of filters, which is the number of output channels; 1 or more.</param>
    /// <param name="window">The filter's size, the stride, the padding and the dilation.</param>
    /// <param name="groups">The number of groups the channels are divided into, each with its own filters; 1 means that each filter sees
    /// all channels.</param>
    /// <param name="bias">Whether each filter adds a trainable number.</param>
    /// <param name="dimensions">The spatial dimensions, 1 to 3.</param>
    /// <exception cref="InvalidSettingException">A number is below 1, or the groups do not divide the filters.</exception>
    public ConvSpec(int filters, Window window, int groups = 1, bool bias = true, int dimensions = 2)
        : base(filters, window, bias, dimensions) => Groups = CheckGroups(groups, filters);

    /// <summary>Gets the number of groups.</summary>
    public int Groups { get; }

    /// <inheritdoc />
    public override string Kind => "conv";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input)
    {
        int[] sizes = Window.OutputSizes(ToToken(), input, Dimensions);
        RequireGroups(input, Groups);
        return new Shape([Filters, .. sizes]);
    }

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => (long)Filters * KernelArea * (input.Channels / Groups) + (Bias ? Filters : 0);

    /// <inheritdoc />
    public override long MultiplyAdds(Shape input) => OutputShape(input).Elements * KernelArea * (input.Channels / Groups);

    /// <inheritdoc />
    public override string Formula(Shape input) => FilterFormula(input, input.Channels / Groups);

    /// <inheritdoc />
    public override string ToToken() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{WindowToken.Filters(Kind, Dimensions, Window, Filters)}{(Groups > 1 ? $"g{Groups}" : string.Empty)}{Suffix}"
        );

    internal override LayerModule Build(Shape input, WeightInitializer start) => new ConvModule(this, input, start);

    internal override FilterSpec WithoutBias() => new ConvSpec(Filters, Window, Groups, bias: false, Dimensions);
}
