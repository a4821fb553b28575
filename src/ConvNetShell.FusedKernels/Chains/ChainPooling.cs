using ConvNetShell.FusedKernels.Numbers;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Chains;

/// <summary>The max pooling behind a convolution of a chain; the filters are whole vectors.</summary>
internal sealed unsafe class ChainPooling
{
    private readonly Float32Windows windows;
    private readonly int image;
    private readonly bool isWhole;

    /// <param name="shape">The sizes of the convolution.</param>
    /// <param name="rows">The rows of a window.</param>
    /// <param name="columns">The columns of a window.</param>
    /// <exception cref="ArgumentException">The filters do not fill vectors, or the windows are larger than the output.</exception>
    public ChainPooling(WinogradShape shape, int rows, int columns)
    {
        (int height, int width) = (shape.OutputHeight, shape.OutputWidth);
        if (shape.Filters % Vectors.Lanes.Count != 0 || rows > height || columns > width)
        {
            throw new ArgumentException(
                $"Expected filters in sixteens and windows within the output; received {shape.Filters} filters, windows of "
                    + $"{rows}x{columns} and an output of {height}x{width}.",
                nameof(shape)
            );
        }
        windows = new Float32Windows(new WindowShape(height, width, shape.Filters, rows, columns, HasRelu: false, Gap: 0));
        image = height * width * shape.Filters;
        isWhole = height % rows == 0 && width % columns == 0;
        Size = height / rows * (width / columns) * shape.Filters;
    }

    /// <summary>Gets the numbers of an image behind the pooling.</summary>
    public int Size { get; }

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
            var whole = new Span<int>(images, image);
            if (!isWhole)
            {
                whole.Clear(); // the windows leave out the last rows or columns
            }
            windows.Route(new Span<int>(gradients, Size), new Span<int>(positions, Size), whole);
        }
    }
}
