namespace ConvNetShell.FusedKernels.Chains;

/// <summary>
/// The shortcut of a residual block without weights, in float32 on images stored pixel by pixel: the pixels at every so many rows and
/// columns, with channels of zeros around theirs (He et al., arXiv 1512.03385, option A).
/// </summary>
/// <param name="height">The rows of an image.</param>
/// <param name="width">The columns of an image.</param>
/// <param name="channels">The channels of an image.</param>
/// <param name="step">The rows from one pixel that is taken to the next, and the columns.</param>
/// <param name="before">The channels of zeros before those of the image.</param>
/// <param name="all">The channels of an output.</param>
public sealed unsafe class ChannelPadding(int height, int width, int channels, (int Rows, int Columns) step, int before, int all)
{
    /// <summary>Gets the rows of an output.</summary>
    public int Height { get; } = (height + step.Rows - 1) / step.Rows;

    /// <summary>Gets the columns of an output.</summary>
    public int Width { get; } = (width + step.Columns - 1) / step.Columns;

    /// <summary>Computes outputs.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">How many.</param>
    /// <param name="outputs">Where the outputs go.</param>
    public void Forward(float* images, int count, float* outputs)
    {
        for (nint row = 0; row < (nint)count * Height; row++)
        {
            float* from = images + First(row);
            for (int x = 0; x < Width; x++, from += step.Columns * channels, outputs += all)
            {
                var output = new Span<float>(outputs, all);
                output[..before].Clear();
                new Span<float>(from, channels).CopyTo(output[before..]);
                output[(before + channels)..].Clear();
            }
        }
    }

    /// <summary>Computes the gradients of images.</summary>
    /// <param name="gradients">The gradients of the outputs.</param>
    /// <param name="count">How many images.</param>
    /// <param name="images">Where the gradients go.</param>
    public void Backward(float* gradients, int count, float* images)
    {
        for (int image = 0; image < count; image++)
        {
            new Span<float>(images + image * (nint)height * width * channels, height * width * channels).Clear();
        }
        for (nint row = 0; row < (nint)count * Height; row++)
        {
            float* to = images + First(row);
            for (int x = 0; x < Width; x++, to += step.Columns * channels, gradients += all)
            {
                new Span<float>(gradients + before, channels).CopyTo(new Span<float>(to, channels));
            }
        }
    }

    // the place of the first pixel of a row that is taken, among all images
    private nint First(nint row) => (row / Height * height + row % Height * step.Rows) * width * channels;
}
