namespace ConvNetShell.FusedKernels.Numbers;

/// <summary>Max pooling over windows that do not overlap, forward and backward, on images stored pixel by pixel.</summary>
/// <typeparam name="T">The bits of a number.</typeparam>
public interface IWindows<T>
    where T : unmanaged
{
    /// <summary>Finds the largest values of one image.</summary>
    /// <param name="image">The image, rows x columns x channels.</param>
    /// <param name="largest">Receives the largest values.</param>
    /// <param name="positions">Receives their positions in the windows, row by row from 0; -1 where a ReLU gives zero.</param>
    void Find(ReadOnlySpan<T> image, Span<T> largest, Span<T> positions);

    /// <summary>Writes the gradient of each window to the position of its largest value, and zero to the others.</summary>
    /// <param name="gradient">The gradients of the windows.</param>
    /// <param name="positions">The positions that <see cref="Find"/> returned.</param>
    /// <param name="image">Receives the gradient of the image.</param>
    void Route(ReadOnlySpan<T> gradient, ReadOnlySpan<T> positions, Span<T> image);
}
