using ConvNetShell.Display.Charts;
using ConvNetShell.Rendering.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ConvNetShell.Rendering.Charts;

/// <summary>The shapes of points: groups beyond the number of colors have a color again, but another shape.</summary>
internal static class PointShape
{
    private const float Radius = 4.5f;
    private static readonly (MarkerShape Plot, string Plotly)[] Shapes =
    [
        (MarkerShape.FilledCircle, "circle"),
        (MarkerShape.FilledTriangleUp, "triangle-up"),
        (MarkerShape.FilledSquare, "square"),
        (MarkerShape.FilledDiamond, "diamond"),
        (MarkerShape.FilledTriangleDown, "triangle-down"),
        (MarkerShape.OpenCircle, "circle-open"),
        (MarkerShape.OpenSquare, "square-open"),
    ];

    /// <summary>Returns the number of a series's shape; 0 is the circle.</summary>
    /// <param name="series">The series.</param>
    /// <param name="index">Its index in the panel.</param>
    public static int Of(ChartSeries series, int index) =>
        series.Color is null && series.Shade is null ? index / Theme.Series.Count % Shapes.Length : 0;

    /// <summary>Returns a shape as ScottPlot names it.</summary>
    public static MarkerShape Plot(int shape) => Shapes[shape].Plot;

    /// <summary>Returns a shape as Plotly names it.</summary>
    public static string Plotly(int shape) => Shapes[shape].Plotly;

    /// <summary>Draws a shape round a point.</summary>
    public static void Draw(SKCanvas canvas, int shape, float x, float y, SKColor color)
    {
        MarkerShape kind = Plot(shape);
        using var paint = new SKPaint
        {
            Color = color,
            IsAntialias = true,
            IsStroke = kind is MarkerShape.OpenCircle or MarkerShape.OpenSquare,
            StrokeWidth = 1.5f,
        };
        using var path = new SKPath();
        void Corners(params (float X, float Y)[] corners) =>
            path.AddPoly([.. corners.Select(corner => new SKPoint(x + (corner.X * Radius), y + (corner.Y * Radius)))]);
        switch (kind)
        {
            case MarkerShape.FilledTriangleUp:
                Corners((-1, 0.8f), (1, 0.8f), (0, -1));
                break;
            case MarkerShape.FilledTriangleDown:
                Corners((-1, -0.8f), (1, -0.8f), (0, 1));
                break;
            case MarkerShape.FilledDiamond:
                Corners((-1, 0), (0, -1), (1, 0), (0, 1));
                break;
            case MarkerShape.FilledSquare or MarkerShape.OpenSquare:
                Corners((-0.8f, -0.8f), (0.8f, -0.8f), (0.8f, 0.8f), (-0.8f, 0.8f));
                break;
            default:
                path.AddCircle(x, y, Radius - 0.5f);
                break;
        }
        canvas.DrawPath(path, paint);
    }
}
