using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Layers;

/// <summary>
/// A 2-D convolution (cross-correlation, as the field has it): each of <see cref="Filters"/> filters sees every
/// channel of a window and gives one number for each place. Input CxHxW, output FiltersxH'xW'.
/// </summary>
public sealed record ConvSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="ConvSpec"/> class.</summary>
    /// <param name="filters">The number of filters, which is the number of output channels; 1 or more.</param>
    /// <param name="window">The filter's height and width, the stride and the padding.</param>
    /// <param name="groups">Into how many parts the channels are divided, each with its own filters; 1 shares all.</param>
    /// <param name="bias">Whether each filter adds a trainable number.</param>
    /// <exception cref="InvalidSettingException">A number is below 1, or the groups do not divide the filters.</exception>
    public ConvSpec(int filters, Window window, int groups = 1, bool bias = true)
    {
        if (filters < 1)
        {
            throw new InvalidSettingException("-Filters", "an integer of 1 or more", filters);
        }
        if (groups < 1 || filters % groups != 0)
        {
            throw new InvalidSettingException("-Groups", string.Create(CultureInfo.InvariantCulture, $"an integer that divides the {filters} filters"), groups);
        }
        Filters = filters;
        Window = window.Validate();
        Groups = groups;
        Bias = bias;
    }

    /// <summary>Gets the number of filters.</summary>
    public int Filters { get; }

    /// <inheritdoc />
    public override Window Window { get; }

    /// <summary>Gets the number of groups.</summary>
    public int Groups { get; }

    /// <summary>Gets a value indicating whether each filter adds a trainable number.</summary>
    public bool Bias { get; }

    /// <inheritdoc />
    public override string Kind => "conv";

    private int KernelArea => Window.Kernel[0] * Window.Kernel[1];

    /// <inheritdoc />
    public override Shape OutputShape(Shape input)
    {
        int[] sizes = Window.OutputSizes(ToToken(), input);
        if (input.Channels % Groups != 0)
        {
            throw new LayerException(
                "Layer.Groups", ToToken(), $"expected input channels divisible by {Groups} groups. Received: {input.Channels} channels.", "Choose other groups.");
        }
        return new Shape([Filters, .. sizes]);
    }

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => (long)Filters * KernelArea * (input.Channels / Groups) + (Bias ? Filters : 0);

    /// <inheritdoc />
    public override long MultiplyAdds(Shape input) => OutputShape(input).Elements * KernelArea * (input.Channels / Groups);

    /// <inheritdoc />
    public override string Formula(Shape input) => string.Create(
        CultureInfo.InvariantCulture, $"{Filters}x{Window.Kernel}x{input.Channels / Groups}{(Bias ? $"+{Filters}" : string.Empty)} = {ParameterCount(input)}");

    /// <inheritdoc />
    public override string ToToken() => string.Create(
        CultureInfo.InvariantCulture,
        $"conv{Window.Kernel}x{Filters}{WindowToken.Stride(Window, 1)}{WindowToken.Padding(Window, Padding.Same)}{(Groups > 1 ? $"g{Groups}" : string.Empty)}{(Bias ? string.Empty : "-nobias")}");

    internal override LayerModule Build(Shape input, WeightStart start) => new ConvModule(this, input, start);
}
