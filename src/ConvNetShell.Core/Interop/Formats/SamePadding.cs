using ConvNetShell.Core.Layers.Windows;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>Formats that know numbers only: a padding that keeps the size is named Same again when they are read.</summary>
internal static class SamePadding
{
    /// <summary>Returns the window with padding Same where its stride is 1 and its padding keeps the size, else as it is.</summary>
    /// <param name="window">The window.</param>
    /// <param name="dimensions">The number of dimensions that it moves in.</param>
    public static Window Named(Window window, int dimensions)
    {
        bool keepsSize =
            window.Stride.Equals(1)
            && window.Padding.Mode == PaddingMode.Explicit
            && Enumerable
                .Range(0, dimensions)
                .All(d => window.Padding.Before[d] == (window.Span(d) - 1) / 2 && window.Padding.After[d] == window.Span(d) / 2);
        return keepsSize ? window with { Padding = Padding.Same } : window;
    }
}
