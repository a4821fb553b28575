using System.Text.Json.Nodes;
using ConvNetShell.Display.Charts;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Writes the axes of a panel as Plotly's layout.</summary>
internal static class PlotlyAxes
{
    /// <summary>Adds the axes.</summary>
    /// <param name="layout">The figure's layout.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="number">The number of its axes, as Plotly writes it.</param>
    /// <param name="width">The panel's left and right, as parts of the figure.</param>
    /// <param name="height">Its bottom and top.</param>
    public static void Add(JsonObject layout, ChartPanel panel, string number, double[] width, double[] height)
    {
        var categories = new JsonObject { ["title"] = Title(panel.XTitle) };
        var numbers = new JsonObject { ["title"] = Title(panel.YTitle) };
        if (panel.Categories.Count > 0)
        {
            categories["tickvals"] = PlotlyFigure.Numbers(Enumerable.Range(0, panel.Categories.Count).Select(i => (double)i));
            categories["ticktext"] = new JsonArray([
                .. panel.Categories.Select(category => JsonValue.Create(PlotlyFigure.Escape(category))),
            ]);
            if (panel.Horizontal)
            {
                categories["autorange"] = "reversed";
                categories["automargin"] = true;
            }
        }
        if (panel.Levels.Count > 0)
        {
            numbers["tickvals"] = PlotlyFigure.Numbers(Enumerable.Range(0, panel.Levels.Count).Select(i => (double)i));
            numbers["ticktext"] = new JsonArray([.. panel.Levels.Select(level => JsonValue.Create(PlotlyFigure.Escape(level)))]);
        }
        if (panel.HideNumbers)
        {
            numbers["showticklabels"] = false;
        }
        if (panel.LogarithmicX)
        {
            categories["type"] = "log";
        }
        if (panel.Percent)
        {
            numbers["tickformat"] = ".0%";
            numbers["hoverformat"] = ".1%";
        }
        else
        {
            numbers["hoverformat"] = ".4g";
        }
        if (panel.Logarithmic)
        {
            numbers["type"] = "log";
            numbers["exponentformat"] = "power";
        }
        (double? low, double? high) = NumberAxis.Ends(panel);
        if (low is not null || high is not null)
        {
            numbers["range"] = PlotlyFigure.Numbers([low ?? double.NaN, high ?? double.NaN]); // an end that is none suits the numbers
        }
        (JsonObject across, JsonObject up) = panel.Horizontal ? (numbers, categories) : (categories, numbers);
        across["domain"] = PlotlyFigure.Numbers(width);
        up["domain"] = PlotlyFigure.Numbers(height);
        across["anchor"] = "y" + number;
        up["anchor"] = "x" + number;
        layout["xaxis" + number] = across;
        layout["yaxis" + number] = up;
    }

    private static JsonObject Title(string text) => new() { ["text"] = PlotlyFigure.Escape(text), ["standoff"] = 8 };
}
