using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Windows;

/// <summary>
/// What slides over the input of a convolution or a pooling: its size, its step and the zeros round the input.
/// Output size in each dimension: floor((n + before + after - (d (k - 1) + 1)) / s) + 1, with dilation d.
/// </summary>
/// <param name="Kernel">The window's size.</param>
/// <param name="Stride">The step from one window to the next.</param>
/// <param name="Padding">The zeros round the input.</param>
public sealed record Window(SpatialSize Kernel, SpatialSize Stride, Padding Padding)
{
    /// <summary>Gets the step from one value of the window to the next; 1 takes neighbors.</summary>
    public SpatialSize Dilation { get; init; } = 1;

    /// <summary>Returns the window as it is meant in so many dimensions, checked as far as can be without an input.</summary>
    /// <param name="dimensions">The spatial dimensions, 1 to 3; <see langword="null"/> if the input decides.</param>
    /// <param name="kernelSetting">The user's name of the kernel, for the error.</param>
    /// <returns>The window.</returns>
    /// <exception cref="InvalidSettingException">A size or a step is below 1, or there are more or fewer numbers than
    /// dimensions.</exception>
    public Window Validate(int? dimensions, string kernelSetting = "Kernel")
    {
        Require(kernelSetting, Kernel);
        Require("Stride", Stride);
        Require("Dilation", Dilation);
        return dimensions is int known ? this with { Padding = Padding.In(known) } : this;

        void Require(string setting, SpatialSize extent)
        {
            if (!extent.All(size => size >= 1) || (dimensions is int count && !extent.Fits(count)))
            {
                throw new InvalidSettingException(setting, Expected(), extent.Count == 1 ? extent[0] : extent.ToString());
            }
        }

        string Expected() =>
            dimensions switch
            {
                1 => "one integer of 1 or more",
                2 => "one integer of 1 or more, or one each for height and width",
                _ => "one integer of 1 or more, or one for each dimension (of a clip: time, height, width)",
            };
    }

    /// <summary>Returns the pixels a window spans in one dimension, those left out between its values included.</summary>
    /// <param name="dimension">The spatial dimension, from 0.</param>
    /// <returns>d (k - 1) + 1.</returns>
    public int Span(int dimension) => checked(Dilation[dimension] * (Kernel[dimension] - 1) + 1);

    /// <summary>Returns the padding before and after the input in each spatial dimension.</summary>
    /// <param name="input">The input, channels first.</param>
    /// <returns>One pair for each spatial dimension.</returns>
    public (int Before, int After)[] Pads(Shape input)
    {
        var pads = new (int, int)[input.Count - 1];
        for (int d = 0; d < pads.Length; d++)
        {
            pads[d] = Padding.Resolve(d, input.Spatial[d], Span(d), Stride[d]);
        }
        return pads;
    }

    /// <summary>Returns the output's size in each spatial dimension.</summary>
    /// <param name="layer">The layer, for the error.</param>
    /// <param name="input">The input, channels first.</param>
    /// <param name="dimensions">The spatial dimensions the layer works in; <see langword="null"/> takes those of the input.</param>
    /// <returns>The sizes.</returns>
    /// <exception cref="LayerException">The input has other dimensions, or is smaller than the window.</exception>
    public int[] OutputSizes(string layer, Shape input, int? dimensions = null)
    {
        Dimension.Require(layer, input, dimensions);
        Window window = dimensions is null ? Fit(layer, input) : this;
        (int Before, int After)[] pads;
        try
        {
            pads = window.Pads(input);
            _ = pads.Select((pad, d) => checked(input.Spatial[d] + pad.Before + pad.After + window.Span(d))).Sum();
        }
        catch (OverflowException)
        {
            throw new LayerException(
                "Layer.TooLarge",
                layer,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected sizes below {int.MaxValue} with padding and dilation. Received: {window}."
                ),
                "Use a smaller window, less padding or less dilation."
            );
        }
        var output = new int[pads.Length];
        for (int d = 0; d < output.Length; d++)
        {
            int room = checked(input.Spatial[d] + pads[d].Before + pads[d].After);
            if (room < Span(d))
            {
                throw new LayerException(
                    "Layer.KernelTooLarge",
                    layer,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"expected an input of at least {Span(d)} (window {Kernel.ToString(pads.Length)}) in dimension {d + 1}. "
                            + $"Received: {input} ({room} with padding)."
                    ),
                    "Use a smaller window, padding, a larger input, or fewer poolings before it."
                );
            }
            output[d] = (room - Span(d)) / Stride[d] + 1;
        }
        return output;
    }

    /// <summary>
    /// Returns how many rows and columns of the input no window reaches: at its end, or between windows that are smaller than their step.
    /// </summary>
    /// <param name="input">The input, channels first.</param>
    /// <returns>One number for each spatial dimension; those that are padding do not count.</returns>
    public int[] Dropped(Shape input)
    {
        var pads = Pads(input);
        return
        [
            .. pads.Select(
                (pad, d) =>
                {
                    var reached = new bool[input.Spatial[d]];
                    for (int start = -pad.Before; start + Span(d) <= reached.Length + pad.After; start += Stride[d])
                    {
                        for (int k = 0; k < Kernel[d]; k++)
                        {
                            int position = start + k * Dilation[d];
                            if ((uint)position < (uint)reached.Length)
                            {
                                reached[position] = true;
                            }
                        }
                    }
                    return reached.Count(seen => !seen);
                }
            ),
        ];
    }

    /// <summary>
    /// Returns the window as it is meant for an input; one with more or fewer numbers than the input has dimensions is an error.
    /// </summary>
    private Window Fit(string layer, Shape input)
    {
        int dimensions = input.Count - 1;
        return new[] { Kernel, Stride, Dilation, Padding.Before, Padding.After }.All(extent => extent.Fits(dimensions))
            ? this
            : throw new LayerException(
                "Layer.WrongInput",
                layer,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected an input with one dimension for each number of the window. Received: {input}, which has {dimensions}."
                ),
                "Give one number for all dimensions, or one for each."
            );
    }
}
