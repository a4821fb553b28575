using System.Text.Json.Nodes;
using ConvNetShell.Display.Charts;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Writes the words of a chart's panels as Plotly's annotations.</summary>
internal static class PlotlyNote
{
    private const int SmallSize = 11,
        TitleSize = 13;
    private const double MarkHeight = 1.08, // above the panel, whose height is 1
        TitleHeight = 1.02,
        TitleOverMark = 1.14;

    /// <summary>Returns whether a panel has a title that its axis does not say.</summary>
    public static bool HasTitle(ChartPanel panel) => panel.Title.Length > 0 && panel.Title != panel.YTitle;

    /// <summary>Returns the notes of a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="number">The number of its axes, as Plotly writes it.</param>
    /// <param name="room">Its width in pixels, where the page is as wide as usual.</param>
    public static IEnumerable<JsonObject> Of(ChartPanel panel, string number, float room)
    {
        foreach (ChartLabel label in panel.Labels)
        {
            yield return Note(label.Text, "x" + number, label.X, "y" + number, label.Y, SmallSize);
        }
        if (panel.Mark is double at && panel.MarkText.Length > 0)
        {
            double x = panel.LogarithmicX ? Math.Log10(at) : at;
            yield return Note(panel.MarkText, "x" + number, x, $"y{number} domain", MarkHeight, SmallSize);
        }
        if (HasTitle(panel))
        {
            double y = panel.MarkText.Length > 0 ? TitleOverMark : TitleHeight;
            JsonObject title = Note(string.Empty, $"x{number} domain", 0.5, $"y{number} domain", y, TitleSize);
            title["text"] = Lines(ChartTitles.Of(panel, room));
            (title["xanchor"], title["yanchor"]) = ("center", "bottom");
            yield return title;
        }
    }

    /// <summary>Returns lines as one text: Plotly breaks none itself.</summary>
    public static string Lines(IEnumerable<string> lines) => string.Join("<br>", lines.Select(PlotlyFigure.Escape));

    private static JsonObject Note(string text, string across, double x, string up, double y, int size) =>
        new()
        {
            ["xref"] = across,
            ["yref"] = up,
            ["x"] = x,
            ["y"] = y,
            ["showarrow"] = false,
            ["text"] = PlotlyFigure.Escape(text),
            ["font"] = new JsonObject { ["size"] = size },
        };
}
