using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// A transposed convolution, the step back from a convolution's output to the size of its input (Zeiler et al., 2010; Dumoulin and
/// Visin, arXiv 1603.07285): every input value lays a filter, scaled by it, on the output, at steps of the stride.
/// Output size: (n - 1) s + d (k - 1) + 1 - before - after + extra; padding Same gives n s.
/// </summary>
public sealed record TransposedConvSpec : FilterSpec
{
    /// <summary>Initializes a new instance of the <see cref="TransposedConvSpec"/> class.</summary>
    /// <param name="filters">The number of output channels, 1 or more.</param>
    /// <param name="window">The filter's size, the stride, the padding (which is cut off the output) and the dilation.</param>
    /// <param name="groups">Into how many parts the channels are divided.</param>
    /// <param name="bias">Whether each filter adds a trainable number.</param>
    /// <param name="dimensions">The spatial dimensions, 1 to 3.</param>
    /// <param name="extra">Rows and columns added after the output, below the stride; which of the sizes a convolution would have rounded
    /// to one.</param>
    /// <exception cref="InvalidSettingException">A number is out of range.</exception>
    public TransposedConvSpec(int filters, Window window, int groups = 1, bool bias = true, int dimensions = 2, int extra = 0)
        : base(filters, window, bias, dimensions)
    {
        Groups = CheckGroups(groups, filters);
        Extra =
            extra >= 0 && Window.Stride.All(stride => extra == 0 || extra < stride)
                ? extra
                : throw new InvalidSettingException("OutputPadding", "0 or more and below the stride", extra);
    }

    /// <summary>Gets the number of groups.</summary>
    public int Groups { get; }

    /// <summary>Gets the rows and columns added after the output.</summary>
    public int Extra { get; }

    /// <inheritdoc />
    public override string Kind => "deconv";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input)
    {
        Dimension.Require(ToToken(), input, Dimensions);
        RequireGroups(input, Groups);
        var sizes = new int[Dimensions];
        for (int d = 0; d < sizes.Length; d++)
        {
            (int before, int after) = Cuts()[d];
            sizes[d] = checked(Full(input.Spatial[d], d) - before - after);
            if (sizes[d] < 1)
            {
                throw new LayerException(
                    "Layer.PaddingTooLarge",
                    ToToken(),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"expected padding below the output of {Full(input.Spatial[d], d)} in dimension {d + 1}. Received: "
                            + $"{before + after} for input {input}."
                    ),
                    "Use less padding or a larger input."
                );
            }
        }
        return new Shape([Filters, .. sizes]);
    }

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => checked(Filters / Groups * KernelArea * input.Channels + (Bias ? Filters : 0));

    /// <inheritdoc />
    public override long MultiplyAdds(Shape input) => checked(input.Elements * KernelArea * (Filters / Groups));

    /// <inheritdoc />
    public override string Formula(Shape input) => FilterFormula(input, input.Channels / Groups);

    /// <inheritdoc />
    public override string ToToken() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{WindowToken.Filters(Kind, Dimensions, Window, Filters)}{(Groups > 1 ? $"g{Groups}" : string.Empty)}"
                + $"{(Extra > 0 ? $"e{Extra}" : string.Empty)}{Suffix}"
        );

    internal override LayerModule Build(Shape input, WeightInitializer start) => new TransposedConvModule(this, input, start);

    internal override FilterSpec WithoutBias() => new TransposedConvSpec(Filters, Window, Groups, bias: false, Dimensions, Extra);

    /// <summary>Returns the values cut off the full output before and after; a negative number after adds zeros (plus the bias).</summary>
    internal (int Before, int After)[] Cuts() =>
        [
            .. Enumerable
                .Range(0, Dimensions)
                .Select(d =>
                {
                    if (Window.Padding.Mode != PaddingMode.Same)
                    {
                        return (Window.Padding.Before[d], Window.Padding.After[d] - Extra);
                    }
                    int total = Window.Span(d) - Window.Stride[d];
                    int before = Math.Max(0, total) / 2;
                    return (before, total - before);
                }),
        ];

    private int Full(int input, int dimension) => checked((input - 1) * Window.Stride[dimension] + Window.Span(dimension));
}
