using ConvNetShell.Display.Charts;
using ScottPlot;
using ScottPlot.Plottables;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Draws the intervals of bars: a line from end to end with a short stroke at either.</summary>
internal static class IntervalPlot
{
    private const float LineWidth = 1.4f;
    private const double Stroke = 0.09; // half its length; a category has 1

    /// <summary>Adds the intervals of a series; those that are no numbers are left out.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="series">The bars.</param>
    /// <param name="shift">How far the bars stand from the middle of their category.</param>
    /// <param name="color">The color.</param>
    public static void Add(Plot plot, ChartPanel panel, ChartSeries series, double shift, Color color)
    {
        for (int i = 0; i < Math.Min(series.Low.Count, series.High.Count); i++)
        {
            (double low, double high) = panel.Logarithmic
                ? (Math.Log10(series.Low[i]), Math.Log10(series.High[i]))
                : (series.Low[i], series.High[i]);
            if (double.IsFinite(low) && double.IsFinite(high))
            {
                double at = series.X[i] + shift;
                Line(at, low, at, high);
                Line(at - Stroke, low, at + Stroke, low);
                Line(at - Stroke, high, at + Stroke, high);
            }
        }

        void Line(double fromX, double fromY, double toX, double toY)
        {
            LinePlot line = panel.Horizontal ? plot.Add.Line(fromY, fromX, toY, toX) : plot.Add.Line(fromX, fromY, toX, toY);
            (line.LineWidth, line.LineColor, line.MarkerSize) = (LineWidth, color, 0);
        }
    }
}
