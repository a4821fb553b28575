using ConvNetShell.Rendering.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ConvNetShell.Rendering.Charts;

/// <summary>A dashed line of a plot, in a PNG and in an SVG. NaN leaves a gap.</summary>
/// <param name="x">Where the points stand.</param>
/// <param name="y">The points' numbers.</param>
/// <param name="stroke">Makes the color and width; the result is disposed of.</param>
/// <param name="on">The length of a dash in pixels.</param>
/// <param name="off">The length of a gap in pixels.</param>
internal sealed class DashedLine(IReadOnlyList<double> x, IReadOnlyList<double> y, Func<SKPaint> stroke, float on, float off) : IPlottable
{
    /// <inheritdoc />
    public bool IsVisible { get; set; } = true;

    /// <inheritdoc />
    public IAxes Axes { get; set; } = new Axes();

    /// <inheritdoc />
    public IEnumerable<LegendItem> LegendItems => [];

    /// <summary>Returns the room the numbers take; a line across the whole panel takes none.</summary>
    public AxisLimits GetAxisLimits()
    {
        double[] across = [.. x.Where(double.IsFinite)],
            up = [.. y.Where(double.IsFinite)];
        return across.Length == 0 || up.Length == 0 ? AxisLimits.NoLimits : new AxisLimits(across.Min(), across.Max(), up.Min(), up.Max());
    }

    /// <inheritdoc />
    public void Render(RenderPack rp)
    {
        using var path = new SKPath();
        bool drawing = false;
        for (int i = 0; i < y.Count; i++)
        {
            if (double.IsNaN(y[i]) || double.IsNaN(x[i]))
            {
                drawing = false;
                continue;
            }
            var point = new SKPoint(
                Axes.GetPixelX(x[i]),
                double.IsFinite(y[i]) ? Axes.GetPixelY(y[i])
                    : y[i] > 0 ? rp.DataRect.Top
                    : rp.DataRect.Bottom
            );
            if (drawing)
            {
                path.LineTo(point);
            }
            else
            {
                path.MoveTo(point);
                drawing = true;
            }
        }
        using SKPath dashes = Dashes.Cut(path, on, off);
        using SKPaint paint = stroke();
        rp.Canvas.DrawPath(dashes, paint);
    }
}
