using ConvNetShell.Display;
using ConvNetShell.Rendering.Records;

namespace ConvNetShell.Rendering.Terminal;

/// <summary>Draws records in a terminal.</summary>
public static class TerminalView
{
    /// <summary>Returns a record as lines for a terminal: pictures in half blocks of colour, charts in Unicode; without colour pictures are told in words.</summary>
    /// <param name="value">The record.</param>
    /// <param name="options">What the terminal can do.</param>
    /// <returns>The lines; <see langword="null"/> for a record that is neither picture nor chart.</returns>
    public static string? Draw(object value, TerminalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return value switch
        {
            IPictureSource pictures when options.Color => PictureText.Draw(pictures.ToPictures(), options),
            IChartSource chart => ChartText.Draw(chart.ToChart(), options),
            ConfusionMatrix matrix => ConfusionText.Write(matrix, options),
            NetworkPanel panel when options.Color => PanelText.Write(panel, options),
            _ => null,
        };
    }
}
