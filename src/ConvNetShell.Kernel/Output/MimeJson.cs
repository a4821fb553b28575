using System.Text.Json;
using System.Text.Json.Nodes;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Kernel.Output;

/// <summary>A bundle as messages and notebook files have it: forms with a JSON type as JSON, all others as text.</summary>
internal static class MimeJson
{
    private const string Json = "+json";

    /// <summary>MIME type to content.</summary>
    public static JsonObject Data(MimeBundle bundle)
    {
        var data = new JsonObject();
        foreach ((string mime, string text) in bundle.Data)
        {
            data[mime] = mime == MimeBundle.Json || mime.EndsWith(Json, StringComparison.Ordinal) ? Structured(text) : text;
        }

        return data;
    }

    /// <summary>MIME type to what is said about the form, such as a picture's size.</summary>
    public static JsonObject Metadata(MimeBundle bundle)
    {
        var metadata = new JsonObject();
        foreach ((string mime, string text) in bundle.Metadata)
        {
            metadata[mime] = Structured(text);
        }

        return metadata;
    }

    private static JsonNode? Structured(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text; // a script may show any text under any type
        }
    }
}
