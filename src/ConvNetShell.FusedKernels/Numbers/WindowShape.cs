namespace ConvNetShell.FusedKernels.Numbers;

/// <summary>The windows of a max pooling, which stand side by side.</summary>
/// <param name="Height">The rows of an image.</param>
/// <param name="Width">The columns of an image.</param>
/// <param name="Channels">The channels.</param>
/// <param name="Rows">The rows of a window.</param>
/// <param name="Columns">The columns of a window.</param>
/// <param name="HasRelu">Whether a ReLU follows: a window without a positive value gives zero, at position -1.</param>
/// <param name="Gap">The values between the end of a row and the next.</param>
/// <param name="Frames">The frames of a window, which are all of an image: of a film, so many are an image.</param>
public sealed record WindowShape(int Height, int Width, int Channels, int Rows, int Columns, bool HasRelu, int Gap, int Frames = 1)
{
    /// <summary>Gets the values from one row of an image to the next.</summary>
    public int Pitch => Width * Channels + Gap;

    /// <summary>Gets a value indicating whether windows leave out the last rows or columns.</summary>
    public bool LeavesOut => Height % Rows != 0 || Width % Columns != 0;

    /// <summary>Returns where each value of a window lies, counted from its first: frame by frame, then row by row.</summary>
    public int[] Offsets() =>
        [
            .. Enumerable
                .Range(0, Frames * Rows * Columns)
                .Select(i => (i / (Rows * Columns) * Height + i / Columns % Rows) * Pitch + i % Columns * Channels),
        ];
}
