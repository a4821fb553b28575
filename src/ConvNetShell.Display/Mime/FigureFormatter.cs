using System.Net;

namespace ConvNetShell.Display.Mime;

/// <summary>Writes one form of whatever has a renderer, as .NET Interactive asks for it. PNG is written as base64 text.</summary>
/// <param name="mimeType">The form.</param>
public sealed class FigureFormatter(string mimeType)
{
    /// <summary>Gets the form it writes; .NET Interactive reads it by its name.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="writer">Where it is written.</param>
    /// <returns>False if the object lacks this form.</returns>
    public bool Format(object value, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(writer);
        MimeBundle? bundle = value as MimeBundle ?? FigureDrawing.Draw(value);
        if ((bundle?.Data.GetValueOrDefault(MimeType) ?? Substitute(bundle, value)) is not { } text)
        {
            return false;
        }
        writer.Write(text);
        return true;
    }

    // Every object has HTML and text, as a page may ask for either.
    private string? Substitute(MimeBundle? bundle, object value) =>
        MimeType switch
        {
            MimeBundle.PlainText => value.ToString(),
            MimeBundle.Html when bundle?.Data.GetValueOrDefault(MimeBundle.Png) is { } png =>
                $"<img alt=\"{WebUtility.HtmlEncode(bundle.Text)}\" src=\"data:image/png;base64,{png}\">",
            MimeBundle.Html => $"<pre>{WebUtility.HtmlEncode(bundle?.Text ?? value.ToString())}</pre>",
            _ => null,
        };
}
