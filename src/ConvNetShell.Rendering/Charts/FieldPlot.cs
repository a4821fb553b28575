using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Text;
using ConvNetShell.Rendering.Drawing;
using ScottPlot;
using ScottPlot.Panels;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Draws the colors behind a panel, and their scale beside it.</summary>
internal static class FieldPlot
{
    private const float ScaleSize = 11.5f;

    public static void Add(Plot plot, ChartPanel panel, ChartField field, Theme theme)
    {
        // A single row or column is drawn as two of half the size: the library's extent goes from the first center to the last.
        int rows = Math.Max(2, field.Y.Count),
            columns = Math.Max(2, field.X.Count);
        double[,] numbers = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                // the first row of a picture is its top
                numbers[rows - 1 - row, column] = field.Rows[Math.Min(row, field.Y.Count - 1)][Math.Min(column, field.X.Count - 1)];
            }
        }
        (double left, double right) = Centers(field.X, panel.LogarithmicX);
        (double bottom, double top) = Centers(field.Y, panel.Logarithmic);
        Heatmap map = plot.Add.Heatmap(numbers);
        map.Extent = new CoordinateRect(left, right, bottom, top);
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        ColorBar scale = plot.Add.ColorBar(map);
        scale.Label = field.Name;
        scale.LabelStyle.FontSize = 12.5f;
        scale.LabelStyle.Bold = false;
        scale.LabelStyle.ForeColor = PanelPlot.Color(theme.Text);
        scale.Axis.TickLabelStyle.FontSize = ScaleSize;
        scale.Axis.TickLabelStyle.ForeColor = PanelPlot.Color(theme.Muted);
        scale.Axis.TickGenerator = new NumericAutomatic
        {
            LabelFormatter = value => field.Percent ? ViewText.Percent(value) : value.ToString("G4", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Returns the outer ends of evenly spaced cells, as they lie on the axis.</summary>
    public static (double First, double Last) Ends(IReadOnlyList<double> centers, bool isLogarithmic)
    {
        double[] at = [.. centers.Select(center => isLogarithmic ? Math.Log10(center) : center)];
        double half = at.Length > 1 ? (at[^1] - at[0]) / (at.Length - 1) / 2 : 0.5;
        return (at[0] - half, at[^1] + half);
    }

    private static (double First, double Last) Centers(IReadOnlyList<double> centers, bool isLogarithmic)
    {
        (double first, double last) = Ends(centers, isLogarithmic);
        double half = (last - first) / Math.Max(2, centers.Count) / 2;
        return (first + half, last - half);
    }
}
