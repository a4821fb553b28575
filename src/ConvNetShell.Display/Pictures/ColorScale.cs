namespace ConvNetShell.Display.Pictures;

/// <summary>How the numbers of a picture become colors.</summary>
public enum ColorScale
{
    /// <summary>The numbers are colors already: three channels red, green and blue, or one of grey.</summary>
    Natural,

    /// <summary>Viridis, from dark blue over green to yellow: for magnitudes, for example activations.</summary>
    Viridis,

    /// <summary>
    /// Blue below zero, white at zero, red above: for signed numbers, for example weights and gradients. The range is as wide below zero as
    /// above.
    /// </summary>
    Diverging,
}
