using System.Text.Json.Nodes;

namespace ConvNetShell.Kernel.Wire;

/// <summary>A message that came in and was found good.</summary>
/// <param name="Channel">Where it came from.</param>
/// <param name="Identities">Who sent it: where a reply goes.</param>
/// <param name="HeaderBytes">The header as it came: the parent header of every answer.</param>
/// <param name="Type">The message's type.</param>
/// <param name="Id">The message's id.</param>
/// <param name="Content">The content.</param>
/// <param name="Metadata">The metadata.</param>
/// <param name="SubshellId">The subshell that shall answer; null for the main shell.</param>
/// <param name="ParentId">The id of the message it answers; null for none.</param>
internal sealed record WireMessage(
    Channel Channel,
    IReadOnlyList<byte[]> Identities,
    byte[] HeaderBytes,
    string Type,
    string Id,
    JsonObject Content,
    JsonObject Metadata,
    string? SubshellId = null,
    string? ParentId = null
)
{
    /// <summary>A text of the content; the standard where it is missing or of another type.</summary>
    public string Text(string name, string standard = "") =>
        Content.TryGetPropertyValue(name, out JsonNode? node) && node is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : standard;

    /// <summary>A number of the content.</summary>
    public int Number(string name, int standard) =>
        Content.TryGetPropertyValue(name, out JsonNode? node) && node is JsonValue value && value.TryGetValue(out int number)
            ? number
            : standard;

    /// <summary>A yes or no of the content.</summary>
    public bool Flag(string name, bool standard = false) =>
        Content.TryGetPropertyValue(name, out JsonNode? node) && node is JsonValue value && value.TryGetValue(out bool flag)
            ? flag
            : standard;
}
