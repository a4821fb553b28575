namespace ConvNetShell.FusedKernels.Numbers;

/// <summary>The windows of a max pooling, which stand side by side.</summary>
/// <param name="Height">The rows of an image.</param>
/// <param name="Width">The columns of an image.</param>
/// <param name="Channels">The channels.</param>
/// <param name="Rows">The rows of a window.</param>
/// <param name="Columns">The columns of a window.</param>
/// <param name="HasRelu">Whether a ReLU follows: a window without a positive value gives zero, at position -1.</param>
/// <param name="Gap">The values between the end of a row and the next.</param>
public sealed record WindowShape(int Height, int Width, int Channels, int Rows, int Columns, bool HasRelu, int Gap)
{
    /// <summary>Gets the values from one row of an image to the next.</summary>
    public int Pitch => Width * Channels + Gap;

    /// <summary>Returns where each value of a window lies, counted from its first.</summary>
    public int[] Offsets() => [.. Enumerable.Range(0, Rows * Columns).Select(i => i / Columns * Pitch + i % Columns * Channels)];
}
