namespace ConvNetShell.FusedKernels.Direct.Planes;

/// <summary>
/// Maps of one image, frames x rows x columns x channels, with zeros around them for the layers that read beyond their border. A picture
/// has one frame, a sequence one row.
/// </summary>
/// <param name="height">The rows.</param>
/// <param name="width">The columns.</param>
/// <param name="channels">The channels.</param>
/// <param name="frames">The frames.</param>
public sealed class Plane(int height, int width, int channels, int frames = 1)
{
    /// <summary>Gets the frames.</summary>
    public int Frames => frames;

    /// <summary>Gets the rows.</summary>
    public int Height => height;

    /// <summary>Gets the columns.</summary>
    public int Width => width;

    /// <summary>Gets the channels.</summary>
    public int Channels => channels;

    /// <summary>Gets the numbers without the zeros.</summary>
    public int Count => frames * height * width * channels;

    /// <summary>Gets the frames, rows and columns of zeros on each side.</summary>
    internal (int Frames, int Rows, int Columns) Border { get; private set; }

    /// <summary>Gets the rows of all frames.</summary>
    internal int Lines => frames * height;

    /// <summary>Gets the numbers from a row to the next.</summary>
    internal int Row => (width + 2 * Border.Columns) * channels;

    /// <summary>Gets the numbers from a frame to the next.</summary>
    internal int Frame => (height + 2 * Border.Rows) * Row;

    /// <summary>Gets all numbers.</summary>
    internal int Size => (frames + 2 * Border.Frames) * Frame;

    /// <summary>Gets or sets the place of the first zero in the memory of an image.</summary>
    internal int Start { get; set; }

    /// <summary>Makes the border as wide as a layer needs it.</summary>
    internal void Widen((int Frames, int Rows, int Columns) border) =>
        Border = (Math.Max(Border.Frames, border.Frames), Math.Max(Border.Rows, border.Rows), Math.Max(Border.Columns, border.Columns));

    /// <summary>Returns where a pixel begins, in the memory of an image; the border has negative frames, rows and columns.</summary>
    internal int At(int frame, int row, int column) =>
        Start + (frame + Border.Frames) * Frame + (row + Border.Rows) * Row + (column + Border.Columns) * channels;

    /// <summary>Returns where a pixel of the first frame begins.</summary>
    internal int At(int row, int column) => At(0, row, column);

    /// <summary>Returns where a row of any frame begins.</summary>
    internal int Line(int line) => At(line / height, line % height, 0);

    /// <summary>Says whether memory that was this plane's can be another's, whose zeros are then where they have to be.</summary>
    internal bool IsLike(Plane other) =>
        (Frames, Height, Width, Channels, Border) == (other.Frames, other.Height, other.Width, other.Channels, other.Border);
}
