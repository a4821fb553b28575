using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>The base of layers whose filters read windows of their input, in one to three dimensions.</summary>
public abstract record FilterSpec : LayerSpec
{
    private protected FilterSpec(int filters, Window window, bool bias, int dimensions)
    {
        Filters = filters >= 1 ? filters : throw new InvalidSettingException("Filters", "an integer of 1 or more", filters);
        Dimensions = Dimension.Check(dimensions);
        Window = window.Validate(dimensions);
        Bias = bias;
    }

    /// <summary>Gets the number of filters, which is the number of output channels.</summary>
    public int Filters { get; }

    /// <inheritdoc />
    public override Window Window { get; }

    /// <summary>Gets a value indicating whether each filter adds a trainable number.</summary>
    public bool Bias { get; }

    /// <summary>Gets the spatial dimensions: 1 for signals, 2 for pictures, 3 for clips and volumes.</summary>
    public int Dimensions { get; }

    /// <summary>Gets how the weights start; <see langword="null"/> leaves it to the network.</summary>
    public Initializer? Initializer { get; init; }

    /// <inheritdoc />
    internal override bool IsLinear => true;

    /// <summary>Gets the number of values in a window of one channel.</summary>
    internal long KernelArea => Window.Kernel.Expand(Dimensions).Aggregate(1L, (area, size) => checked(area * size));

    /// <summary>Gets the end of the spec that all filter layers have in common.</summary>
    private protected string Suffix => Bias ? string.Empty : "-nobias";

    /// <summary>Returns this layer without biases.</summary>
    /// <returns>The layer.</returns>
    internal abstract FilterSpec WithoutBias();

    private protected static int CheckGroups(int groups, int filters) =>
        groups >= 1 && filters % groups == 0
            ? groups
            : throw new InvalidSettingException(
                "Groups",
                string.Create(CultureInfo.InvariantCulture, $"an integer that divides the {filters} filters"),
                groups
            );

    private protected void RequireGroups(Shape input, int groups)
    {
        if (input.Channels % groups != 0)
        {
            throw new LayerException(
                "Layer.Groups",
                ToToken(),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected input channels divisible by {groups} groups. Received: {input.Channels} channels."
                ),
                "Choose other groups."
            );
        }
    }

    private protected string FilterFormula(Shape input, int channels) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Filters}x{Window.Kernel.ToString(Dimensions)}x{channels}{(Bias ? $"+{Filters}" : string.Empty)} = {ParameterCount(input)}"
        );
}
