using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Rendering.Tests.Records;

/// <summary>Activation functions as charts.</summary>
public sealed class ActivationChartTests
{
    [Fact]
    public void Scores_that_went_through_softmax_are_bars_with_their_numbers()
    {
        ActivationRow[] rows =
        [
            new(0, "Softmax", -0.62, 0.00016, 0.00016, 8.7),
            new(1, "Softmax", 8.12, 0.9961, 0.0039, 0.004),
            new(2, "Softmax", 2.53, 0.0037, 0.0037, 5.6),
        ];
        Chart chart = new ActivationChart("Softmax", [], rows) { Classes = 3 }.ToChart();
        Assert.Equal(["-0.62", "8.12", "2.53"], chart.Panels[0].Labels.Select(label => label.Text));
        Assert.Equal(["0.016 %", "99.6 %", "0.4 %"], chart.Panels[1].Labels.Select(label => label.Text));
        Assert.True(chart.Panels[0].Labels[0].Y < -0.62); // below a bar that grows down
    }

    [Fact]
    public void Softmax_without_scores_is_the_probability_of_one_of_three()
    {
        ActivationRow[] curve = [new(0, "Softmax", -1, 0.15, 0.13, null), new(0, "Softmax", 0, 1.0 / 3, 0.22, null)];
        Chart chart = new ActivationChart("Softmax", curve, []) { Classes = 3 }.ToChart();
        Assert.Equal("Softmax of 3 scores: x and 2 zeros", chart.Title);
        Assert.Equal(
            ["p(x), the first probability", "each of the others", "slope p'(x)"],
            chart.Panels[0].Series.Select(series => series.Name)
        );
        Assert.Equal(1.0 / 3, chart.Panels[0].Series[1].Y[1], 1e-9);
    }
}
