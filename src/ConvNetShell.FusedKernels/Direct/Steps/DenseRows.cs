using ConvNetShell.FusedKernels.Direct.Planes;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>The rows of numbers that a fully connected layer reads: those of all frames of a plane, one behind the other.</summary>
/// <param name="Frames">The frames.</param>
/// <param name="Frame">The numbers from a frame to the next.</param>
/// <param name="Height">The rows of a frame.</param>
/// <param name="Row">The numbers from a row to the next.</param>
/// <param name="Length">The numbers of a row.</param>
internal readonly record struct DenseRows(int Frames, nint Frame, int Height, nint Row, nint Length)
{
    /// <summary>Gets how many rows there are.</summary>
    public int Count => Frames * Height;

    /// <summary>Returns those of a plane.</summary>
    /// <param name="plane">The plane.</param>
    public static DenseRows Of(Plane plane) => new(plane.Frames, plane.Frame, plane.Height, plane.Row, plane.Width * plane.Channels);

    /// <summary>Returns a single row.</summary>
    /// <param name="length">Its numbers.</param>
    public static DenseRows Single(int length) => new(1, length, 1, length, length);

    /// <summary>Returns where a row begins.</summary>
    /// <param name="row">The row, counted through all frames.</param>
    public nint At(int row) => row / Height * Frame + row % Height * Row;
}
