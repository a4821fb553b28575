using System.Globalization;
using System.Text.Json.Nodes;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Rendering.Charts;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws a confusion matrix.</summary>
public sealed class ConfusionRenderer : IRenderer<ConfusionMatrix>
{
    private const int PlainWidth = 160,
        MostWithNumbers = 20;

    /// <inheritdoc />
    public MimeBundle Render(ConfusionMatrix value, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        using var painter = new ConfusionPainter(value, options);
        var background = Theme.For(options.Dark).Background;
        string text = ConfusionText.Write(value, new TerminalOptions(PlainWidth, 0, Color: false));
        var data = new Dictionary<string, string>
        {
            [MimeBundle.PlainText] = text,
            [MimeBundle.Png] = Convert.ToBase64String(Sheet.Png(painter.Size, options.Scale, background, painter.Draw, chart: true)),
        };
        if (options.Interactive || options.AllForms)
        {
            data[MimeBundle.Plotly] = PlotlyFigure.Write(Figure(value), options);
        }
        if (options.Interactive)
        {
            data[MimeBundle.Html] = PlotlyFragment.Html(data, Math.Max(400, painter.Size.Height), Math.Max(640, painter.Size.Width));
        }
        if (options.AllForms)
        {
            data[MimeBundle.Svg] = Sheet.Svg(painter.Size, background, painter.Draw);
        }
        return new MimeBundle(data);
    }

    private static string Title(ConfusionMatrix matrix) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{matrix.Network} on {matrix.Dataset} {matrix.Split}: {100 * matrix.Accuracy:F1} % right"
        );

    private static JsonObject Figure(ConfusionMatrix whole)
    {
        var matrix = new ConfusionPart(whole);
        JsonArray Names() => new([.. matrix.Classes.Select(name => JsonValue.Create(PlotlyFigure.Escape(name)))]);
        int classes = matrix.Classes.Count;
        var trace = new JsonObject
        {
            ["type"] = "heatmap",
            ["x"] = Names(),
            ["y"] = Names(),
            ["z"] = new JsonArray([
                .. Enumerable
                    .Range(0, classes)
                    .Select(row =>
                        (JsonNode)PlotlyFigure.Numbers(Enumerable.Range(0, classes).Select(column => matrix.Fraction(row, column)))
                    ),
            ]),
            ["text"] = new JsonArray([
                .. Enumerable
                    .Range(0, classes)
                    .Select(row =>
                        (JsonNode)PlotlyFigure.Numbers(Enumerable.Range(0, classes).Select(column => (double)matrix.Count(row, column)))
                    ),
            ]),
            ["colorscale"] = "Viridis",
            ["zmin"] = 0,
            ["zmax"] = 1,
            ["xgap"] = classes <= 60 ? 1 : 0,
            ["ygap"] = classes <= 60 ? 1 : 0,
            ["colorbar"] = new JsonObject { ["tickformat"] = ".0%" },
            ["hovertemplate"] = "%{y} taken for %{x}: %{text} (%{z:.1%})<extra></extra>",
        };
        if (classes <= MostWithNumbers)
        {
            trace["texttemplate"] = "%{text}";
        }
        return new JsonObject
        {
            ["data"] = new JsonArray(trace),
            ["layout"] = new JsonObject
            {
                ["title"] = new JsonObject
                {
                    ["text"] = PlotlyFigure.Escape(matrix.Note.Length > 0 ? $"{Title(whole)}. {matrix.Note}" : Title(whole)),
                    ["font"] = new JsonObject { ["size"] = 14 },
                    ["x"] = 0.02,
                    ["xanchor"] = "left",
                },
                ["margin"] = new JsonObject
                {
                    ["l"] = 60,
                    ["r"] = 20,
                    ["t"] = 50,
                    ["b"] = 50,
                },
                ["xaxis"] = new JsonObject
                {
                    ["title"] = new JsonObject { ["text"] = "taken for", ["standoff"] = 8 },
                    ["automargin"] = true,
                    ["constrain"] = "domain",
                    ["type"] = "category",
                },
                ["yaxis"] = new JsonObject
                {
                    ["title"] = new JsonObject { ["text"] = "true class", ["standoff"] = 8 },
                    ["automargin"] = true,
                    ["autorange"] = "reversed",
                    ["scaleanchor"] = "x",
                    ["constrain"] = "domain",
                    ["type"] = "category",
                },
            },
        };
    }
}
