using System.Runtime.CompilerServices;

namespace ConvNetShell.FusedKernels.Columns;

/// <summary>Which numbers of a window's rows are in an image.</summary>
/// <param name="Top">The row of the image where the window begins; it may be beyond the border.</param>
/// <param name="Begin">The number of the image's row where the window's rows begin; it may be beyond the border.</param>
/// <param name="Before">How many numbers are left of the image.</param>
/// <param name="Count">How many are in the image.</param>
internal readonly record struct WindowPlace(int Top, int Begin, int Before, int Count)
{
    /// <summary>Returns that of a window.</summary>
    /// <param name="top">The row of the image where the window begins.</param>
    /// <param name="begin">The number of the image's row where the window's rows begin.</param>
    /// <param name="length">The numbers of the window's rows.</param>
    /// <param name="width">Those of the image's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WindowPlace Of(int top, int begin, int length, int width)
    {
        int before = Math.Min(length, Math.Max(0, -begin));
        return new WindowPlace(top, begin, before, Math.Max(0, Math.Min(length, width - begin) - before));
    }
}
