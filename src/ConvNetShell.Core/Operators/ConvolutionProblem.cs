using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Operators;

/// <summary>
/// An input and kernels whose axes are understood. The input is one channel (as many axes as dimensions) or channels first; a kernel
/// without a channel axis looks at each channel by itself, one with it adds the channels up, and one more axis before counts kernels.
/// </summary>
public sealed class ConvolutionProblem
{
    private readonly bool manyKernels;

    private ConvolutionProblem(NumericArray input, NumericArray kernel, int dimensions, ConvolutionOptions options)
    {
        Input = input;
        Dimensions = dimensions;
        Options = options;
        bool inputChannels = input.Rank > dimensions;
        Channels = inputChannels ? input.Sizes[0] : 1;
        int extra = kernel.Rank - dimensions;
        manyKernels = extra == 2 || (extra == 1 && !inputChannels);
        EachChannelAlone = inputChannels && extra == 0;
        Kernels =
            manyKernels ? kernel.Sizes[0]
            : EachChannelAlone ? Channels
            : 1;
        int kernelChannels =
            extra == 2 ? kernel.Sizes[1]
            : extra == 1 && inputChannels ? kernel.Sizes[0]
            : 1;
        if (!EachChannelAlone && kernelChannels != Channels)
        {
            throw new ShapeMismatchException(
                "Kernel",
                string.Create(CultureInfo.InvariantCulture, $"{Channels} channels, as the input {input} has"),
                string.Create(CultureInfo.InvariantCulture, $"{kernelChannels} ({kernel})")
            );
        }
        KernelSizes = [.. kernel.Sizes.Skip(extra)];
        InputSizes = [.. input.Sizes.Skip(inputChannels ? 1 : 0)];
        var extent = new SpatialSize(KernelSizes);
        Window = (new Window(extent, options.Stride, options.Padding) { Dilation = options.Dilation }).Validate(dimensions);
        if (options.Full)
        {
            var zeros = new SpatialSize([.. Enumerable.Range(0, dimensions).Select(d => Window.Span(d) - 1)]);
            Window = Window with { Padding = Padding.Of(zeros) };
        }
        OutputSizes = Window.OutputSizes("The kernel", Shape, dimensions);
        Weights = Arrange(kernel);
    }

    /// <summary>Gets the input.</summary>
    public NumericArray Input { get; }

    /// <summary>Gets the options.</summary>
    public ConvolutionOptions Options { get; }

    /// <summary>Gets the spatial dimensions.</summary>
    public int Dimensions { get; }

    /// <summary>Gets the input's channels.</summary>
    public int Channels { get; }

    /// <summary>Gets the kernels, which is the number of output maps.</summary>
    public int Kernels { get; }

    /// <summary>Gets a value indicating whether one kernel looks at each channel by itself.</summary>
    public bool EachChannelAlone { get; }

    /// <summary>Gets the input's spatial sizes.</summary>
    public int[] InputSizes { get; }

    /// <summary>Gets the kernel's spatial sizes.</summary>
    public int[] KernelSizes { get; }

    /// <summary>Gets the output's spatial sizes.</summary>
    public int[] OutputSizes { get; }

    /// <summary>Gets the kernel's size, the stride, the padding and the dilation.</summary>
    public Window Window { get; }

    /// <summary>Gets the sizes of the result: one map as it is, several with their number first.</summary>
    public int[] ResultSizes => manyKernels || EachChannelAlone ? [Kernels, .. OutputSizes] : OutputSizes;

    /// <summary>Gets the channels a kernel adds up.</summary>
    public int ChannelsSeen => EachChannelAlone ? 1 : Channels;

    /// <summary>Gets the values a kernel has.</summary>
    public int KernelArea => KernelSizes.Aggregate(1, (product, size) => product * size);

    /// <summary>Gets the input's shape, channels first.</summary>
    public Shape Shape => new([Channels, .. InputSizes]);

    /// <summary>Gets the weights in the order of the input: kernel, channel, position; flipped on request.</summary>
    internal double[] Weights { get; }

    /// <summary>Understands an input and kernels.</summary>
    /// <param name="input">The input.</param>
    /// <param name="kernel">The kernel or kernels.</param>
    /// <param name="options">How the kernel moves.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="ConvNetException">The two do not fit, or the kernel is larger than the padded input.</exception>
    public static ConvolutionProblem Understand(NumericArray input, NumericArray kernel, ConvolutionOptions options)
    {
        int dimensions = Dimension.Check(
            options.Dimensions ?? (input.HasChannels ? input.Rank - 1 : Math.Min(Math.Min(input.Rank, kernel.Rank), Dimension.Most))
        );
        if (input.Rank < dimensions || input.Rank > dimensions + 1)
        {
            throw new ShapeMismatchException(
                "InputObject",
                string.Create(CultureInfo.InvariantCulture, $"{dimensions} dimensions, or {dimensions + 1} with channels first"),
                string.Create(CultureInfo.InvariantCulture, $"{input.Rank} ({input})")
            );
        }
        return kernel.Rank >= dimensions && kernel.Rank <= dimensions + 2
            ? new ConvolutionProblem(input, kernel, dimensions, options)
            : throw new ShapeMismatchException(
                "Kernel",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{dimensions} dimensions, one more for channels (or for several kernels on one channel), or two more"
                ),
                string.Create(CultureInfo.InvariantCulture, $"{kernel.Rank} ({kernel})")
            );
    }

    /// <summary>Returns the output size of a dimension with the numbers put into the formula.</summary>
    /// <returns>For example <c>floor((5 + 0 + 1 - 2) / 2) + 1 = 3</c>; several dimensions with commas between.</returns>
    public string Formula() => OutputFormula.Write(Window, InputSizes, OutputSizes);

    private double[] Arrange(NumericArray kernel)
    {
        double[] values = EachChannelAlone
            ? [.. Enumerable.Repeat(kernel.Data, Channels).SelectMany(copy => copy)]
            : (double[])kernel.Data.Clone();
        if (Options.Flip)
        {
            for (int start = 0; start < values.Length; start += KernelArea)
            {
                Array.Reverse(values, start, KernelArea); // every dimension reversed is the whole reversed
            }
        }
        return values;
    }
}
