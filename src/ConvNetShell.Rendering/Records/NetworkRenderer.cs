using System.Globalization;
using System.Net;
using System.Text;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Rendering.Drawing;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws a network's layers: a table for a page, and blocks in proportion to the maps as a picture.</summary>
public sealed class NetworkRenderer : IRenderer<NetworkSummary>
{
    /// <inheritdoc />
    public MimeBundle Render(NetworkSummary value, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        using var painter = new NetworkPainter(value, options);
        var background = Theme.For(options.Dark).Background;
        var data = new Dictionary<string, string>
        {
            [MimeBundle.PlainText] = string.Join(
                Environment.NewLine,
                value.Layers.Select(layer => $"{new string(' ', 2 + (2 * layer.Depth))}{layer}").Prepend(value.ToString())
            ),
            [MimeBundle.Html] = Table(value),
            [MimeBundle.Png] = Convert.ToBase64String(Sheet.Png(painter.Size, options.Scale, background, painter.Draw, chart: true)),
        };
        if (options.AllForms)
        {
            data[MimeBundle.Svg] = Sheet.Svg(painter.Size, background, painter.Draw);
        }
        return new MimeBundle(data);
    }

    private static string Table(NetworkSummary summary)
    {
        var html = new StringBuilder("<table><caption style=\"text-align:left\"><b>")
            .Append(Escape(summary.ToString()))
            .Append(
                "</b></caption><thead><tr><th>Layer</th><th>Type</th><th>Output</th><th>Parameters</th><th>Formula</th>"
                    + "<th>Multiply-adds</th><th>Receptive field</th></tr></thead><tbody>"
            );
        foreach (LayerSummary layer in summary.Layers)
        {
            html.Append(
                    CultureInfo.InvariantCulture,
                    $"<tr><td style=\"padding-left:{0.5 + layer.Depth}em\">{Escape(layer.Name)}</td><td>"
                        + $"{Escape($"{layer.Type} {layer.Kernel}")}</td><td>{Escape(layer.Output)}</td>"
                )
                .Append(
                    CultureInfo.InvariantCulture,
                    $"<td class=\"n\" style=\"text-align:right\">{layer.Parameters:N0}</td><td>{Escape(layer.Formula)}</td><td "
                        + $"class=\"n\" style=\"text-align:right\">{layer.MACs:N0}</td><td class=\"n\" "
                        + $"style=\"text-align:right\">{layer.ReceptiveField}</td></tr>"
                );
        }
        return html.Append("</tbody></table>").ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
