using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels.Chains;

/// <summary>
/// Max pooling in float32 of images stored pixel by pixel, with windows that stand side by side; channels are whole vectors.
/// </summary>
public sealed unsafe class MaxPooling
{
    private readonly Float32Windows windows;
    private readonly int image;

    /// <param name="height">The rows of an image.</param>
    /// <param name="width">The columns of an image.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="rows">The rows of a window.</param>
    /// <param name="columns">The columns of a window.</param>
    /// <exception cref="ArgumentException">The channels do not fill vectors, or the windows are larger than an image.</exception>
    public MaxPooling(int height, int width, int channels, int rows, int columns)
    {
        if (!Takes(channels) || rows > height || columns > width)
        {
            throw new ArgumentException(
                $"Expected channels in sixteens and windows within the image; received {channels} channels, windows of "
                    + $"{rows}x{columns} and an image of {height}x{width}.",
                nameof(channels)
            );
        }
        windows = new Float32Windows(new WindowShape(height, width, channels, rows, columns, HasRelu: false, Gap: 0));
        image = height * width * channels;
        Size = height / rows * (width / columns) * channels;
    }

    /// <summary>Gets the numbers of an image behind the pooling.</summary>
    public int Size { get; }

    /// <summary>Returns whether channels are whole vectors.</summary>
    /// <param name="channels">The channels.</param>
    public static bool Takes(int channels) => channels % Vectors.Lanes.Count == 0;

    /// <summary>Finds the largest values of images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">How many.</param>
    /// <param name="largest">Receives the largest values.</param>
    /// <param name="positions">Receives their positions in the windows.</param>
    public void Find(float* images, int count, float* largest, int* positions)
    {
        for (int i = 0; i < count; i++, images += image, largest += Size, positions += Size)
        {
            windows.Find(new Span<int>(images, image), new Span<int>(largest, Size), new Span<int>(positions, Size));
        }
    }

    /// <summary>Writes gradients to the positions that were found, and zero to the others.</summary>
    /// <param name="gradients">The gradients.</param>
    /// <param name="positions">The positions.</param>
    /// <param name="count">How many images.</param>
    /// <param name="images">Receives the gradients of the images.</param>
    public void Route(float* gradients, int* positions, int count, float* images)
    {
        for (int i = 0; i < count; i++, images += image, gradients += Size, positions += Size)
        {
            windows.Route(new Span<int>(gradients, Size), new Span<int>(positions, Size), new Span<int>(images, image));
        }
    }
}
