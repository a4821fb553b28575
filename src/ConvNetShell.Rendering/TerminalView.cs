using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Rendering.Records;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Rendering;

/// <summary>Draws records in a terminal.</summary>
public static class TerminalView
{
    /// <summary>
    /// Returns a record as text for a terminal: pixels where it draws them; else pictures in half blocks of color, charts in Unicode;
    /// without color pictures become plain text.
    /// </summary>
    /// <param name="value">The record.</param>
    /// <param name="options">The terminal's abilities.</param>
    /// <param name="render">How it is drawn as pixels, and which page of many pictures; <see langword="null"/> for the usual way.</param>
    /// <returns>The lines; <see langword="null"/> for a record that is neither picture nor chart.</returns>
    public static string? Draw(object value, TerminalOptions options, RenderOptions? render = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        render ??= RenderOptions.Default;
        if (options.Sixel is { } sixel && SixelView.Draw(value, options, sixel, render) is { } pixels)
        {
            return pixels;
        }
        return value switch
        {
            IPictureSource pictures when options.Color => PictureText.Draw(pictures.ToPictures(), options, render.Page),
            IChartSource chart => ChartText.Draw(chart.ToChart(), options),
            ConfusionMatrix matrix => ConfusionText.Write(matrix, options),
            NetworkPanel panel when options.Color => PanelText.Write(panel, options),
            _ => null,
        };
    }
}
