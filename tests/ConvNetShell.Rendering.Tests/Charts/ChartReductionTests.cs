using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering.Charts;

namespace ConvNetShell.Rendering.Tests.Charts;

/// <summary>Charts of more numbers than a figure can hold.</summary>
public sealed class ChartReductionTests
{
    [Theory]
    [InlineData(100_000, 0, 2, "")]
    [InlineData(0, 5_000, 1, "(the first 200 of 5,000 categories)")]
    [InlineData(10, 0, 2_000, "(the first 100 of 2,000 series)")]
    public void A_figure_of_many_numbers_is_bounded_and_keeps_the_extremes(int points, int categories, int series, string note)
    {
        int count = Math.Max(points, categories);
        double[] x = [.. Enumerable.Range(0, count).Select(i => (double)i)];
        double[] y = [.. x.Select(value => value == count - 3 && points > 20 ? 7777.5 : Math.Sin(value))];
        var panel = new ChartPanel(
            "loss",
            "epoch",
            "loss",
            [.. Enumerable.Range(0, series).Select(i => new ChartSeries($"s{i}", x, y, categories > 0 ? SeriesKind.Bars : SeriesKind.Line))]
        )
        {
            Categories = [.. Enumerable.Range(0, categories).Select(i => $"class {i}")],
            Horizontal = categories > 0,
        };
        MimeBundle bundle = new ChartRenderer().Render(
            new Chart("many", [panel]),
            new RenderOptions { AllForms = true, Interactive = true }
        );
        Assert.All(bundle.Data, form => Assert.InRange(form.Value.Length, 1, 2_000_000));
        Assert.Contains(note, bundle.Data[MimeBundle.Plotly], StringComparison.Ordinal);
        Assert.Equal(points > 20, bundle.Data[MimeBundle.Plotly].Contains("7777.5", StringComparison.Ordinal));
    }
}
