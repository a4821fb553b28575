namespace ConvNetShell.FusedKernels.Direct;

/// <summary>
/// Maps of one image, rows x columns x channels, with rows and columns of zeros around them for the layers that read beyond their border.
/// </summary>
/// <param name="height">The rows.</param>
/// <param name="width">The columns.</param>
/// <param name="channels">The channels.</param>
public sealed class Plane(int height, int width, int channels)
{
    /// <summary>Gets the rows.</summary>
    public int Height => height;

    /// <summary>Gets the columns.</summary>
    public int Width => width;

    /// <summary>Gets the channels.</summary>
    public int Channels => channels;

    /// <summary>Gets the numbers without the zeros.</summary>
    public int Count => height * width * channels;

    /// <summary>Gets the rows and columns of zeros on each side.</summary>
    internal int Border { get; private set; }

    /// <summary>Gets the numbers from a row to the next.</summary>
    internal int Row => (width + 2 * Border) * channels;

    /// <summary>Gets all numbers.</summary>
    internal int Size => (height + 2 * Border) * Row;

    /// <summary>Gets or sets the place of the first zero in the memory of an image.</summary>
    internal int Start { get; set; }

    /// <summary>Makes the border as wide as a layer needs it.</summary>
    internal void Widen(int border) => Border = Math.Max(Border, border);

    /// <summary>Returns where a pixel begins, in the memory of an image; the border has negative rows and columns.</summary>
    internal int At(int row, int column) => Start + (row + Border) * Row + (column + Border) * channels;

    /// <summary>Says whether memory that was this plane's can be another's, whose zeros are then where they have to be.</summary>
    internal bool IsLike(Plane other) => (Height, Width, Channels, Border) == (other.Height, other.Width, other.Channels, other.Border);
}
