using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Rendering.Charts;

/// <summary>The common part of all figures for Plotly.</summary>
internal static class PlotlyFigure
{
    /// <summary>Writes a figure as JSON that may stand in a script: no angle bracket is left in it.</summary>
    public static string Write(JsonObject figure, RenderOptions options)
    {
        if (options.Dark is bool dark)
        {
            figure["dark"] = dark;
        }
        return figure.ToJsonString();
    }

    /// <summary>Escapes text for Plotly, which interprets HTML tags.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Returns numbers in five digits, which no screen can show more of; null for those that are none.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) =>
        new([.. values.Select(value => double.IsFinite(value) ? JsonValue.Create(Short(value)) : null)]);

    private static decimal Short(double value) =>
        Math.Abs(value) is > 1e15 or < 1e-12
            ? (decimal)0
            : decimal.Parse(value.ToString("G5", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
}
