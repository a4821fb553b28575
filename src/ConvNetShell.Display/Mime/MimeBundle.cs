using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;

namespace ConvNetShell.Display.Mime;

/// <summary>A record drawn in one or more forms: a notebook, a file or a terminal takes the one that suits it.</summary>
[TypeFormatterSource(Html, Png, PlainText)]
public sealed class MimeBundle
{
    /// <summary>The MIME type of plain text, which the bundle of every record has.</summary>
    public const string PlainText = "text/plain";

    /// <summary>The MIME type of HTML: a fragment of a page.</summary>
    public const string Html = "text/html";

    /// <summary>The MIME type of a PNG, as base64.</summary>
    public const string Png = "image/png";

    /// <summary>The MIME type of an animated GIF, as base64.</summary>
    public const string Gif = "image/gif";

    /// <summary>The MIME type of an animated WebP, as base64.</summary>
    public const string WebP = "image/webp";

    /// <summary>The MIME type of an SVG, as XML.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>The MIME type of a chart's data and layout, as Plotly's JSON.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>The MIME type of the numbers of figures other than charts.</summary>
    public const string Json = "application/json";

    /// <summary>The name of the page's chart script, which the HTML of an interactive chart calls.</summary>
    public const string PageScriptName = "ConvNetShellPlotly";

    /// <summary>Initializes a new instance of the <see cref="MimeBundle"/> class.</summary>
    /// <param name="data">Text by MIME type.</param>
    /// <param name="metadata">What else there is to say of a form, as JSON by MIME type.</param>
    public MimeBundle(IEnumerable<KeyValuePair<string, string>> data, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Data = new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(data, StringComparer.Ordinal));
        Metadata = new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(metadata ?? [], StringComparer.Ordinal));
        if (Data.Count == 0)
        {
            throw new ArgumentException($"Expected at least one form, such as {PlainText}. Received: none.", nameof(data));
        }
    }

    /// <summary>Gets the forms: MIME type to text; image/png is base64.</summary>
    public IReadOnlyDictionary<string, string> Data { get; }

    /// <summary>Gets what else there is to say of a form: MIME type to JSON.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Gets the plain text; empty where there is none.</summary>
    public string Text => Data.GetValueOrDefault(PlainText, string.Empty);

    /// <summary>Gets a value indicating whether the HTML calls the script that a page needs once for all its charts.</summary>
    public bool NeedsPageScript => Data.TryGetValue(Html, out string? html) && html.Contains(PageScriptName, StringComparison.Ordinal);

    /// <summary>Makes a bundle of a dictionary as scripts write them.</summary>
    /// <param name="data">MIME type to content: text, or bytes, which become base64.</param>
    /// <returns>The bundle.</returns>
    /// <exception cref="ArgumentException">The dictionary is empty.</exception>
    public static MimeBundle From(IDictionary data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in data)
        {
            forms[Content(entry.Key)] = Content(entry.Value);
        }
        return new MimeBundle(forms);
    }

    /// <summary>Returns the plain text.</summary>
    /// <returns>The form that a terminal shows.</returns>
    public override string ToString() => Text;

    private static string Content(object? value) =>
        value is byte[] bytes ? Convert.ToBase64String(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
