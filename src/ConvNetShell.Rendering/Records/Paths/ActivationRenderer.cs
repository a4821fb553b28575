using System.Globalization;
using System.Net;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Traces;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Rendering.Pictures;

namespace ConvNetShell.Rendering.Records.Paths;

/// <summary>
/// Draws the trace of a unit: patch, kernel and products as pictures, and as HTML a page on which one follows any number back to the image.
/// </summary>
public sealed class ActivationRenderer : IRenderer<ActivationTrace>
{
    private readonly PictureRenderer pictures = new();

    /// <inheritdoc />
    public bool CanRender(ActivationTrace value) => pictures.CanRender(value);

    /// <inheritdoc />
    public MimeBundle Render(ActivationTrace value, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        MimeBundle drawn = pictures.Render(value, options);
        if (value.Network is not { } network || !options.Interactive)
        {
            return drawn;
        }
        string html = network.IsTooLarge ? Apology(value, network, drawn) : ActivationPage.Html(value, network, drawn);
        return new MimeBundle(drawn.Data.Append(KeyValuePair.Create(MimeBundle.Html, html)), drawn.Metadata);
    }

    private static string Apology(ActivationTrace trace, TracedNetwork network, MimeBundle drawn) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<p>An interactive page of {WebUtility.HtmlEncode(trace.Layer)} would hold {network.NumberCount:N0} numbers, and takes "
                + $"at most {TracedNetwork.MostNumbers:N0}: this is the unit alone. Trace a layer nearer to the image.</p>"
        ) + ActivationPage.Image(drawn);
}
