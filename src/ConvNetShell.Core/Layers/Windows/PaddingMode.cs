namespace ConvNetShell.Core.Layers.Windows;

/// <summary>How a layer pads its input.</summary>
public enum PaddingMode
{
    /// <summary>No padding: the kernel stays inside the input.</summary>
    Valid,

    /// <summary>As much as keeps the size (divided by the stride, rounded up); an odd zero goes after the input.</summary>
    Same,

    /// <summary>A given number of zeros on every side.</summary>
    Explicit,
}
