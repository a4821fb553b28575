namespace ConvNetShell.FusedKernels.Direct;

/// <summary>Images, wherever their numbers are.</summary>
public interface IImageSource
{
    /// <summary>Writes a row of an image, normalized: columns x channels.</summary>
    /// <param name="image">The image, counted from zero.</param>
    /// <param name="row">The row, counted through all frames.</param>
    /// <param name="to">Where it goes.</param>
    void Read(int image, int row, Span<float> to);
}
