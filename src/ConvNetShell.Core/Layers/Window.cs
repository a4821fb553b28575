using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Layers;

/// <summary>
/// What slides over the input of a convolution or a pooling: its size, its step and the zeros round the input.
/// Output size in each dimension: floor((n + before + after - k) / s) + 1.
/// </summary>
/// <param name="Kernel">The window's size.</param>
/// <param name="Stride">The step from one window to the next.</param>
/// <param name="Padding">The zeros round the input.</param>
public sealed record Window(Extent Kernel, Extent Stride, Padding Padding)
{
    /// <summary>Checks what can be checked without an input.</summary>
    /// <param name="kernelSetting">What the user calls the kernel, for the error.</param>
    /// <returns>This window.</returns>
    /// <exception cref="InvalidSettingException">A size or a step is below 1, or the two differ in dimensions.</exception>
    public Window Validate(string kernelSetting = "-Kernel")
    {
        Require(kernelSetting, Kernel);
        Require("-Stride", Stride);
        return this;

        static void Require(string setting, Extent extent)
        {
            if (!extent.All(size => size >= 1) || extent.Count > 2)
            {
                throw new InvalidSettingException(setting, "one integer of 1 or more, or one each for height and width", extent.ToString());
            }
        }
    }

    /// <summary>Returns the padding before and after the input in each spatial dimension.</summary>
    /// <param name="input">The input, channels first.</param>
    /// <returns>One pair for each spatial dimension.</returns>
    public (int Before, int After)[] Pads(Shape input)
    {
        var pads = new (int, int)[input.Count - 1];
        for (int d = 0; d < pads.Length; d++)
        {
            pads[d] = Padding.Resolve(d, input.Spatial[d], Kernel[d], Stride[d]);
        }
        return pads;
    }

    /// <summary>Returns the output's size in each spatial dimension.</summary>
    /// <param name="layer">The layer, for the error.</param>
    /// <param name="input">The input, channels first.</param>
    /// <returns>The sizes.</returns>
    /// <exception cref="LayerException">The input is no picture, or is smaller than the window.</exception>
    public int[] OutputSizes(string layer, Shape input)
    {
        if (input.Count != 3)
        {
            throw new LayerException(
                "Layer.WrongInput", layer, $"expected an input of channels x height x width. Received: {input}.", "Put it before the dense layers.");
        }
        var pads = Pads(input);
        var output = new int[pads.Length];
        for (int d = 0; d < output.Length; d++)
        {
            int room = input.Spatial[d] + pads[d].Before + pads[d].After;
            if (room < Kernel[d])
            {
                throw new LayerException(
                    "Layer.KernelTooLarge",
                    layer,
                    string.Create(CultureInfo.InvariantCulture, $"expected an input of at least {Kernel[d]} (window {Kernel}) in dimension {d + 1}. Received: {input} ({room} with padding)."),
                    "Use a smaller window, padding, a larger input, or fewer poolings before it.");
            }
            output[d] = (room - Kernel[d]) / Stride[d] + 1;
        }
        return output;
    }

    /// <summary>Returns how many rows and columns of the input no window reaches: at its end, or between windows that are smaller than their step.</summary>
    /// <param name="input">The input, channels first.</param>
    /// <returns>One number for each spatial dimension; those that are padding do not count.</returns>
    public int[] Dropped(Shape input)
    {
        var pads = Pads(input);
        return [.. pads.Select((pad, d) =>
        {
            int size = input.Spatial[d], reached = 0, next = 0; // next: the first place not counted yet
            for (int start = -pad.Before; start + Kernel[d] <= size + pad.After; start += Stride[d])
            {
                int from = Math.Max(start, next), to = Math.Min(start + Kernel[d], size);
                reached += Math.Max(0, to - from);
                next = Math.Max(next, to);
            }
            return size - reached;
        })];
    }
}
