namespace ConvNetShell.FusedKernels.Direct.Planes;

/// <summary>The windows of a convolution or of pooling.</summary>
/// <param name="Rows">The rows of a window.</param>
/// <param name="Columns">The columns.</param>
/// <param name="RowStep">The rows from a window to the next.</param>
/// <param name="ColumnStep">The columns from a window to the next.</param>
/// <param name="Top">How many rows before its input the first window begins.</param>
/// <param name="Left">How many columns before its input the first window begins.</param>
/// <param name="Bottom">How many rows behind its input windows may end.</param>
/// <param name="Right">How many columns behind its input windows may end.</param>
/// <param name="Frames">The frames of a window.</param>
/// <param name="FrameStep">The frames from a window to the next.</param>
/// <param name="Front">How many frames before its input the first window begins.</param>
/// <param name="Back">How many frames behind its input windows may end.</param>
public readonly record struct DirectWindow(
    int Rows,
    int Columns,
    int RowStep,
    int ColumnStep,
    int Top = 0,
    int Left = 0,
    int Bottom = 0,
    int Right = 0,
    int Frames = 1,
    int FrameStep = 1,
    int Front = 0,
    int Back = 0
)
{
    /// <summary>Gets how far windows reach over the border, at most.</summary>
    internal (int Frames, int Rows, int Columns) Border => (Math.Max(Front, Back), Math.Max(Top, Bottom), Math.Max(Left, Right));

    /// <summary>Returns a plane for the outputs of the windows on an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="channels">The channels of the output.</param>
    internal Plane Over(Plane input, int channels) =>
        new(
            (input.Height + Top + Bottom - Rows) / RowStep + 1,
            (input.Width + Left + Right - Columns) / ColumnStep + 1,
            channels,
            (input.Frames + Front + Back - Frames) / FrameStep + 1
        );
}
