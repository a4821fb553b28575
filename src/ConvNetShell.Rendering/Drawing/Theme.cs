using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>The colors of a page.</summary>
/// <param name="Dark">Whether the page is dark.</param>
/// <param name="Background">The page.</param>
/// <param name="Text">Captions and titles.</param>
/// <param name="Muted">Notes, numbers and axes.</param>
/// <param name="Line">Frames and grid lines.</param>
internal sealed record Theme(bool Dark, SKColor Background, SKColor Text, SKColor Muted, SKColor Line)
{
    public static Theme Light { get; } =
        new(false, SKColors.White, SKColor.Parse("1f2328"), SKColor.Parse("59636e"), SKColor.Parse("d1d9e0"));

    public static Theme Night { get; } =
        new(true, SKColor.Parse("151b23"), SKColor.Parse("f0f6fc"), SKColor.Parse("9198a1"), SKColor.Parse("3d444d"));

    /// <summary>Gets what marks a number that is none, in pictures of any scale.</summary>
    public static SKColor NotANumber { get; } = new(255, 0, 255);

    /// <summary>Gets the color of a mark in a picture.</summary>
    public static SKColor Mark { get; } = new(255, 64, 64);

    /// <summary>
    /// Gets the colors of series: Okabe and Ito's, which the color-blind can distinguish; the first two also differ in gray.
    /// </summary>
    public static IReadOnlyList<SKColor> Series { get; } =
    [
        SKColor.Parse("0072b2"),
        SKColor.Parse("e69f00"),
        SKColor.Parse("009e73"),
        SKColor.Parse("cc79a7"),
        SKColor.Parse("56b4e9"),
        SKColor.Parse("d55e00"),
        SKColor.Parse("8a8a8a"),
    ];

    /// <summary>Returns the color of a series.</summary>
    /// <param name="shade">A fraction of viridis, without its brightest end, which a light page hides; <see langword="null"/> for the
    /// color of a number.</param>
    /// <param name="number">The number of the color.</param>
    public static SKColor Of(double? shade, int number) =>
        shade is double fraction ? ColorMap.Viridis.At(0.92 * fraction) : Series[number % Series.Count];

    /// <summary>Returns the colors for a page; light where it is not known.</summary>
    public static Theme For(bool? dark) => dark == true ? Night : Light;
}
