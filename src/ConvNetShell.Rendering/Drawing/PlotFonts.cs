using ScottPlot;
using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>Gives ScottPlot the typefaces that are carried along.</summary>
internal sealed class PlotFonts : IFontResolver
{
    /// <summary>The name plots ask for.</summary>
    public const string Name = "DejaVu Sans";

    /// <inheritdoc />
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spread) =>
        fontName == Name
            ? weight >= FontWeight.SemiBold
                ? Typefaces.Bold
                : Typefaces.Regular
            : null;

    /// <inheritdoc />
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Name
            ? bold
                ? Typefaces.Bold
                : Typefaces.Regular
            : null;
}
