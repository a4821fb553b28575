using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConvNetShell.Kernel.Output;

/// <summary>One object in all the formats a front end may choose from.</summary>
/// <param name="Data">MIME type to content; binary content as base64 text.</param>
/// <param name="Metadata">Metadata of the formats, for example a picture's size.</param>
internal sealed record MimeContent(JsonObject Data, JsonObject Metadata)
{
    private const string Plain = "text/plain",
        PageScriptName = "ConvNetShellPlotly";

    /// <summary>True where the content calls the page's chart script.</summary>
    public bool NeedsPageScript =>
        Data["text/html"] is JsonValue value
        && value.TryGetValue(out string? html)
        && html.Contains(PageScriptName, StringComparison.Ordinal);

    /// <summary>True where every form is an empty text.</summary>
    public bool IsEmpty => Data.All(form => form.Value is JsonValue value && value.TryGetValue(out string? text) && text.Length == 0);

    /// <summary>The text form.</summary>
    public string Text => Data[Plain] is JsonValue value && value.TryGetValue(out string? text) ? text : string.Empty;

    /// <summary>Content with one form beside its text.</summary>
    public static MimeContent Of(string mime, string value, string? text = null)
    {
        var data = new JsonObject { [mime] = Node(mime, value) };
        if (mime != Plain && text is not null)
        {
            data[Plain] = text;
        }

        return new MimeContent(data, []);
    }

    /// <summary>Only text.</summary>
    public static MimeContent OfText(string text) => Of(Plain, text);

    /// <summary>Reads a dictionary from MIME type to content, as scripts make them.</summary>
    public static MimeContent From(IDictionary data)
    {
        var forms = new JsonObject();
        foreach (DictionaryEntry entry in data)
        {
            string mime = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            forms[mime] = Node(mime, entry.Value);
        }

        return new MimeContent(forms, []);
    }

    /// <summary>Reads a bundle by its properties Data and Metadata, whatever its type; null where it has none.</summary>
    public static MimeContent? From(PSObject bundle)
    {
        if (bundle.Properties["Data"]?.Value is not IEnumerable<KeyValuePair<string, string>> data)
        {
            return null;
        }

        var content = new MimeContent([], []);
        foreach ((string mime, string value) in data)
        {
            content.Data[mime] = Node(mime, value);
        }

        foreach ((string name, string value) in bundle.Properties["Metadata"]?.Value as IEnumerable<KeyValuePair<string, string>> ?? [])
        {
            content.Metadata[name] = Structured(value);
        }

        return content;
    }

    /// <summary>A copy: a JSON node has one owner.</summary>
    public MimeContent Copy() => new((JsonObject)Data.DeepClone(), (JsonObject)Metadata.DeepClone());

    /// <summary>The forms that need no script; none where there is no picture among them.</summary>
    public MimeContent WithoutScript()
    {
        MimeContent content = Copy();
        content.Data.Remove("text/html");
        return content.Data.ContainsKey("image/png") ? content : new MimeContent([], []);
    }

    private static JsonNode? Node(string mime, object? value) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            null => null,
            byte[] bytes => Convert.ToBase64String(bytes),
            string text when mime == "application/json" || mime.EndsWith("+json", StringComparison.Ordinal) => Structured(text),
            string text => text,
            var other => Convert.ToString(other, CultureInfo.InvariantCulture),
        };

    private static JsonNode? Structured(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
