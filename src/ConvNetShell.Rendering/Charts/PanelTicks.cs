using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Pictures;
using ScottPlot;
using ScottPlot.AxisPanels;
using ScottPlot.TickGenerators;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Chooses the numbers and names on the axes of a panel's plot.</summary>
internal static class PanelTicks
{
    /// <summary>The size of their letters.</summary>
    public const float Size = 11.5f;

    private const int MostNames = 16;
    private const int MostPowers = 6;
    private const double FewPowers = 2; // of ten

    /// <summary>Sets the ticks of both axes.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="panel">The panel.</param>
    public static void Set(Plot plot, ChartPanel panel)
    {
        IAxis numbers = panel.Horizontal ? plot.Axes.Bottom : plot.Axes.Left,
            categories = panel.Horizontal ? plot.Axes.Left : plot.Axes.Bottom;
        numbers.TickGenerator =
            panel.HideNumbers ? new EmptyTickGenerator()
            : panel.Levels.Count > 0 ? new NumericManual([.. panel.Levels.Select((_, level) => (double)level)], [.. panel.Levels])
            : panel.Logarithmic ? Powers(panel)
            : new NumericAutomatic { LabelFormatter = value => Text(panel, value) };
        if (panel.LogarithmicX)
        {
            double[] x = [.. panel.Series.SelectMany(series => series.X).Concat(panel.Field?.X ?? []).Select(Math.Log10)];
            categories.TickGenerator = Powers(x.DefaultIfEmpty(0).Min(), x.DefaultIfEmpty(1).Max());
        }
        else if (panel.Categories.Count > 0)
        {
            int every = panel.Horizontal ? 1 : (panel.Categories.Count + MostNames - 1) / MostNames;
            int[] named = [.. Enumerable.Range(0, panel.Categories.Count).Where(i => i % every == 0)];
            categories.TickGenerator = new NumericManual([.. named.Select(i => (double)i)], [.. named.Select(i => panel.Categories[i])]);
            if (!panel.Horizontal && named.Sum(i => panel.Categories[i].Length + 2) > 40)
            {
                categories.TickLabelStyle.Rotation = 45;
                categories.TickLabelStyle.Alignment = Alignment.MiddleLeft;
                using var lettering = new Lettering(Size);
                ((AxisBase)categories).MinimumSize =
                    (named.Max(i => lettering.Width(panel.Categories[i])) * MathF.Sin(MathF.PI / 4)) + (2 * Size);
            }
        }
        else if (panel.Series.SelectMany(series => series.X).All(double.IsInteger))
        {
            categories.TickGenerator = new NumericAutomatic
            {
                IntegerTicksOnly = true,
                LabelFormatter = value => value.ToString("N0", CultureInfo.InvariantCulture),
            };
        }
    }

    private static ITickGenerator Powers(ChartPanel panel)
    {
        double[] values =
        [
            .. panel.Series.SelectMany(series => series.Y).Select(value => NumberAxis.At(panel, value)).Where(double.IsFinite),
        ];
        (double? low, double? high) = NumberAxis.Ends(panel);
        return Powers(low ?? values.DefaultIfEmpty(0).Min(), high ?? values.DefaultIfEmpty(1).Max());
    }

    /// <summary>Returns the ticks of a logarithmic axis: powers of ten; 1, 2 and 5 of each where there are few of them.</summary>
    private static ITickGenerator Powers(double low, double high)
    {
        if (high - low >= FewPowers)
        {
            int first = (int)Math.Ceiling(low - 1e-9),
                last = (int)Math.Floor(high + 1e-9),
                every = ((last - first) / MostPowers) + 1;
            double[] powers = [.. Enumerable.Range(first, last - first + 1).Where(power => (power - first) % every == 0)];
            return new NumericManual(powers, [.. powers.Select(PowerOfTen)]);
        }
        double[] ticks =
        [
            .. Enumerable
                .Range((int)Math.Floor(low), (int)Math.Ceiling(high) - (int)Math.Floor(low) + 1)
                .SelectMany(power => new[] { 1.0, 2, 5 }.Select(digit => Math.Log10(digit) + power)),
        ];
        return new NumericManual(ticks, [.. ticks.Select(tick => GridPage.Short(Math.Pow(10, tick)))]);
    }

    private static string Text(ChartPanel panel, double value) =>
        panel.Logarithmic ? PowerOfTen(value)
        : panel.Percent ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * value, 4):0.##} %")
        : Math.Abs(value) < 1e-12 ? "0"
        : Math.Round(value, 12).ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string PowerOfTen(double exponent) =>
        exponent is >= -2 and <= 2 || !double.IsInteger(exponent)
            ? Math.Pow(10, exponent).ToString("0.####", CultureInfo.InvariantCulture)
            : "10"
                + string.Concat(
                    exponent.ToString("F0", CultureInfo.InvariantCulture).Select(sign => sign == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign - '0'])
                );
}
