using System.Collections.ObjectModel;

namespace ConvNetShell.Display;

/// <summary>A record drawn in one or more forms: a notebook, a file or a terminal takes the one that suits it.</summary>
[TypeFormatterSource(Html, Png, PlainText)]
public sealed class MimeBundle
{
    /// <summary>The MIME type of plain text, which every bundle has.</summary>
    public const string PlainText = "text/plain";

    /// <summary>The MIME type of HTML: a fragment of a page.</summary>
    public const string Html = "text/html";

    /// <summary>The MIME type of a PNG, as base64.</summary>
    public const string Png = "image/png";

    /// <summary>The MIME type of an SVG, as XML.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>The MIME type of a chart's data and layout, as Plotly's JSON.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>The MIME type of the numbers of figures other than charts.</summary>
    public const string Json = "application/json";

    /// <summary>Initializes a new instance of the <see cref="MimeBundle"/> class.</summary>
    /// <param name="data">Text by MIME type.</param>
    /// <param name="metadata">What else there is to say of a form, as JSON by MIME type.</param>
    public MimeBundle(IEnumerable<KeyValuePair<string, string>> data, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Data = new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(data, StringComparer.Ordinal));
        Metadata = new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(metadata ?? [], StringComparer.Ordinal));
        if (!Data.ContainsKey(PlainText))
        {
            throw new ArgumentException($"Expected {PlainText} among the forms. Received: {string.Join(", ", Data.Keys)}.", nameof(data));
        }
    }

    /// <summary>Gets the forms: MIME type to text; image/png is base64.</summary>
    public IReadOnlyDictionary<string, string> Data { get; }

    /// <summary>Gets what else there is to say of a form: MIME type to JSON.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Gets the plain text.</summary>
    public string Text => Data[PlainText];

    /// <summary>Returns the plain text.</summary>
    /// <returns>The form every bundle has.</returns>
    public override string ToString() => Text;
}
