namespace ConvNetShell.Display.Charts;

/// <summary>A record that can be drawn as a chart; it needs no renderer of its own.</summary>
public interface IChartSource
{
    /// <summary>Returns the chart.</summary>
    /// <returns>The panels and their text.</returns>
    Chart ToChart();
}
