using System.Text.Json.Nodes;
using ConvNetShell.Display.Charts;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Writes the colors behind a panel as Plotly's trace.</summary>
internal static class PlotlyField
{
    public static JsonObject Trace(ChartField field, string number)
    {
        var scale = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = PlotlyFigure.Escape(field.Name), ["side"] = "right" },
        };
        if (field.Percent)
        {
            scale["tickformat"] = ".0%";
        }
        return new JsonObject
        {
            ["type"] = "heatmap",
            ["xaxis"] = "x" + number,
            ["yaxis"] = "y" + number,
            ["x"] = PlotlyFigure.Numbers(field.X),
            ["y"] = PlotlyFigure.Numbers(field.Y),
            ["z"] = new JsonArray([.. field.Rows.Select(row => (JsonNode)PlotlyFigure.Numbers(row))]),
            ["colorscale"] = "Viridis",
            ["colorbar"] = scale,
            ["hovertemplate"] = "%{z:.4g}<extra></extra>",
        };
    }
}
