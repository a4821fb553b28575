using System.Globalization;
using System.Text.Json.Nodes;
using ConvNetShell.Display.Charts;
using ConvNetShell.Rendering.Drawing;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Writes a chart as Plotly's traces and layout. Colors of the page are left to the page.</summary>
internal static class PlotlyChart
{
    private const double Between = 0.08,
        MostBetween = 0.25,
        BetweenRows = 0.15,
        NameGap = 40; // pixels
    private const int FewPoints = 40,
        Edges = 80; // the margins left and right, in pixels

    public static JsonObject Of(Chart chart)
    {
        var traces = new JsonArray();
        int page = ChartPainter.WidthOf(chart),
            columns = ChartPainter.ColumnsOf(chart),
            rows = Math.Max(1, (chart.Panels.Count + columns - 1) / columns);
        // names at the left of lying bars stand between the panels
        double names = chart.Panels.Skip(1).Select(ChartTitles.CategoryWidth).DefaultIfEmpty(0).Max() + NameGap,
            between = Math.Clamp(names / (page - Edges), Between, MostBetween),
            width = (1 - (between * (columns - 1))) / columns,
            height = (1 - (BetweenRows * (rows - 1))) / rows;
        IReadOnlyList<string> titles = ChartTitles.Of(chart, page - Edges);
        float room = (float)(width * (page - Edges));
        int lines = chart.Panels.Where(PlotlyNote.HasTitle).Select(panel => ChartTitles.Of(panel, room).Count).DefaultIfEmpty(0).Max();
        var layout = new JsonObject
        {
            ["title"] = new JsonObject
            {
                ["text"] = PlotlyNote.Lines(titles),
                ["font"] = new JsonObject { ["size"] = ChartTitles.ChartSize },
                ["x"] = 0.02,
                ["xanchor"] = "left",
            },
            ["margin"] = new JsonObject
            {
                ["l"] = 60,
                ["r"] = 20,
                ["t"] =
                    (titles.Count > 0 ? 30 + (20 * titles.Count) : 25)
                    + (20 * lines)
                    + (chart.Panels.Any(panel => panel.MarkText.Length > 0) ? 16 : 0),
                ["b"] = 50,
            },
            ["showlegend"] = ChartLegend.IsShown(chart),
            ["legend"] = new JsonObject
            {
                ["orientation"] = "h",
                ["y"] = -0.22,
                ["x"] = 0,
            },
            ["hovermode"] = chart.Panels.Any(panel => panel.Series.Any(series => series.Hints.Count > 0)) ? "closest" : "x unified",
            ["barmode"] = chart.Panels.Any(panel => panel.Grouped) ? "group" : "overlay",
        };
        var shapes = new JsonArray();
        var notes = new JsonArray();
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < chart.Panels.Count; i++)
        {
            ChartPanel panel = chart.Panels[i];
            string number = i == 0 ? string.Empty : (i + 1).ToString(CultureInfo.InvariantCulture);
            double left = i % columns * (width + between),
                bottom = (rows - 1 - (i / columns)) * (height + BetweenRows);
            PlotlyAxes.Add(layout, panel, number, [left, left + width], [bottom, bottom + height]);
            if (panel.Field is { } field)
            {
                traces.Add(PlotlyField.Trace(field, number));
            }
            foreach (JsonObject note in PlotlyNote.Of(panel, number, room))
            {
                notes.Add(note);
            }
            for (int index = 0; index < panel.Series.Count; index++)
            {
                traces.Add(Trace(panel, panel.Series[index], index, number, named));
            }
            if (panel.Mark is double at)
            {
                shapes.Add(
                    new JsonObject
                    {
                        ["type"] = "line",
                        ["xref"] = "x" + number,
                        ["yref"] = $"y{number} domain",
                        ["x0"] = at,
                        ["x1"] = at,
                        ["y0"] = 0,
                        ["y1"] = 1,
                        ["line"] = new JsonObject
                        {
                            ["color"] = "#888",
                            ["width"] = 1,
                            ["dash"] = "dot",
                        },
                    }
                );
            }
        }
        layout["shapes"] = shapes;
        layout["annotations"] = notes;
        return new JsonObject { ["data"] = traces, ["layout"] = layout };
    }

    private static JsonObject Trace(ChartPanel panel, ChartSeries series, int index, string number, HashSet<string> named)
    {
        SkiaSharp.SKColor color = Theme.Of(series.Shade, series.Color ?? index);
        string hex = $"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}";
        JsonArray y = PlotlyFigure.Numbers(series.Y);
        var trace = new JsonObject
        {
            ["name"] = PlotlyFigure.Escape(series.Name),
            ["xaxis"] = "x" + number,
            ["yaxis"] = "y" + number,
            ["legendgroup"] = series.Name,
        };
        if (series.Name.Length == 0 || !named.Add($"{series.Name} {hex}"))
        {
            trace["showlegend"] = false;
        }
        if (series.Kind == SeriesKind.Bars)
        {
            trace["type"] = "bar";
            trace["marker"] = new JsonObject { ["color"] = hex };
            trace[panel.Horizontal ? "x" : "y"] = y;
            trace[panel.Horizontal ? "y" : "x"] = PlotlyFigure.Numbers(series.X);
            if (panel.Horizontal)
            {
                trace["orientation"] = "h";
            }
            return trace;
        }
        trace["type"] = "scatter";
        trace["mode"] =
            series.Kind == SeriesKind.Points ? "markers"
            : series.Y.Count <= FewPoints && !series.Dashed && !series.Plain ? "lines+markers"
            : "lines";
        if (series.Hints.Count > 0)
        {
            trace["text"] = new JsonArray([.. series.Hints.Select(hint => JsonValue.Create(PlotlyFigure.Escape(hint)))]);
            trace["hovertemplate"] = "%{text}<extra></extra>";
        }
        if (series.Kind == SeriesKind.Points && PointShape.Of(series, index) is > 0 and int shape)
        {
            trace["marker"] = new JsonObject { ["color"] = hex, ["symbol"] = PointShape.Plotly(shape) };
        }
        if (panel.Field is not null)
        {
            trace["marker"] = new JsonObject
            {
                ["color"] = hex,
                ["size"] = 8,
                ["line"] = new JsonObject { ["color"] = "#fff", ["width"] = 1.5 },
            };
        }
        trace["line"] = new JsonObject
        {
            ["color"] = hex,
            ["width"] = 2,
            ["dash"] = series.Dashed ? "dash" : "solid",
        };
        if (Even(series.X))
        {
            trace["x0"] = series.X[0];
            trace["dx"] = 1;
        }
        else
        {
            trace["x"] = PlotlyFigure.Numbers(series.X);
        }
        trace["y"] = y;
        return trace;
    }

    private static bool Even(IReadOnlyList<double> x) => x.Count > 0 && x.Select((value, i) => value == x[0] + i).All(even => even);
}
