using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// A locally connected layer: a convolution without shared weights. Every position of the output has filters and biases of its
/// own (Goodfellow et al., Deep Learning, section 9.5: unshared convolution). Input CxHxW, output FiltersxH'xW'.
/// </summary>
public sealed record LocalSpec : FilterSpec
{
    /// <summary>Initializes a new instance of the <see cref="LocalSpec"/> class.</summary>
    /// <param name="filters">The number of filters at each position, which is the number of output channels; 1 or more.</param>
    /// <param name="window">The filter's size, the stride, the padding and the dilation.</param>
    /// <param name="bias">Whether each filter of each position adds a trainable number.</param>
    /// <param name="dimensions">The spatial dimensions, 1 to 3.</param>
    /// <exception cref="InvalidSettingException">A number is below 1.</exception>
    public LocalSpec(int filters, Window window, bool bias = true, int dimensions = 2)
        : base(filters, window, bias, dimensions) { }

    /// <inheritdoc />
    public override string Kind => "local";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input) => new([Filters, .. Window.OutputSizes(ToToken(), input, Dimensions)]);

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => checked(MultiplyAdds(input) + (Bias ? OutputShape(input).Elements : 0));

    /// <inheritdoc />
    public override long MultiplyAdds(Shape input) => checked(OutputShape(input).Elements * KernelArea * input.Channels);

    /// <inheritdoc />
    public override string Formula(Shape input)
    {
        Shape output = OutputShape(input);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{output}x{Window.Kernel.ToString(Dimensions)}x{input.Channels}{(Bias ? $"+{output}" : string.Empty)} = "
                + $"{ParameterCount(input)}"
        );
    }

    /// <inheritdoc />
    public override string ToToken() => WindowToken.Filters(Kind, Dimensions, Window, Filters) + Suffix;

    internal override LayerModule Build(Shape input, WeightInitializer start) => new LocalModule(this, input, start);

    internal override FilterSpec WithoutBias() => new LocalSpec(Filters, Window, bias: false, Dimensions);
}
