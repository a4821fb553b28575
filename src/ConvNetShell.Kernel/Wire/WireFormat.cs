using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace ConvNetShell.Kernel.Wire;

/// <summary>Turns frames into messages and messages into frames; incomplete messages are refused with a reason.</summary>
internal sealed class WireFormat(MessageSigner signer, string session)
{
    /// <summary>The version of the protocol that is spoken.</summary>
    public const string ProtocolVersion = "5.5";

    private const int SignedFrames = 4;
    private const int MostIdentities = 16;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly byte[] Empty = "{}"u8.ToArray();
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };
    private readonly SeenSignatures seen = new();
    private long sent;

    /// <summary>The id of this kernel's session, in every header.</summary>
    public string Session { get; } = session;

    /// <summary>Reads a message.</summary>
    /// <returns>The message, or null and the reason for refusing it.</returns>
    public WireMessage? Read(Channel channel, IReadOnlyList<byte[]> frames, out string reason)
    {
        int mark = Find(frames);
        if (mark < 0 || mark > MostIdentities)
        {
            reason = "there is no <IDS|MSG> frame";
            return null;
        }

        if (frames.Count < mark + 2 + SignedFrames)
        {
            reason = $"{frames.Count - mark - 2} frames follow the signature, expected at least {SignedFrames}";
            return null;
        }

        byte[][] parts = [.. frames.Skip(mark + 2).Take(SignedFrames)];
        if (!signer.Verify(frames[mark + 1], parts))
        {
            reason = "its signature is wrong";
            return null;
        }

        if (signer.IsOn && !this.seen.Add(frames[mark + 1]))
        {
            reason = "its signature was seen before";
            return null;
        }

        return Parse(channel, [.. frames.Take(mark)], parts, out reason);
    }

    /// <summary>Makes the frames of a message.</summary>
    /// <param name="identities">Where it goes, or the topic on iopub.</param>
    /// <param name="type">Its type.</param>
    /// <param name="parentHeader">The header it answers, as it came; null for none.</param>
    /// <param name="content">Its content.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="id">Its id, from <see cref="NewId"/>; null for a new one.</param>
    /// <param name="subshell">The subshell that a request is for; null for the main shell.</param>
    public List<byte[]> Write(
        IEnumerable<byte[]> identities,
        string type,
        byte[]? parentHeader,
        JsonObject content,
        JsonObject? metadata = null,
        string? id = null,
        string? subshell = null
    )
    {
        var header = new JsonObject
        {
            ["msg_id"] = id ?? NewId(),
            ["msg_type"] = type,
            ["username"] = "kernel",
            ["session"] = Session,
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["version"] = ProtocolVersion,
        };
        if (subshell is not null)
        {
            header["subshell_id"] = subshell;
        }

        byte[] headerBytes = Bytes(header),
            parent = parentHeader ?? Empty,
            extra = metadata is null ? Empty : Bytes(metadata),
            body = Bytes(content);
        return [.. identities, Delimiter, signer.Sign(headerBytes, parent, extra, body), headerBytes, parent, extra, body];
    }

    /// <summary>An id that no other message has.</summary>
    public string NewId() => string.Create(CultureInfo.InvariantCulture, $"{Session}_{Interlocked.Increment(ref sent)}");

    /// <summary>JSON as UTF-8; a text with half a character is written with the replacement character.</summary>
    public static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static int Find(IReadOnlyList<byte[]> frames)
    {
        for (int i = 0; i < frames.Count; i++)
        {
            if (frames[i].AsSpan().SequenceEqual(Delimiter))
            {
                return i;
            }
        }

        return -1;
    }

    private static WireMessage? Parse(Channel channel, IReadOnlyList<byte[]> identities, byte[][] parts, out string reason)
    {
        try
        {
            if (!Array.TrueForAll(parts, part => Utf8.IsValid(part)))
            {
                reason = "its JSON is not UTF-8"; // a header goes out again as the parent header, and no client could read that
                return null;
            }

            JsonObject?[] objects = [.. parts.Select(part => JsonNode.Parse(part, documentOptions: Options) as JsonObject)];
            if (objects is not [{ } header, { } parent, { } metadata, { } content])
            {
                reason = "header, parent header, metadata and content must be JSON objects";
                return null;
            }

            if (Text(header, "msg_type") is not { Length: > 0 } type || Text(header, "msg_id") is not { } id)
            {
                reason = "its header lacks msg_type or msg_id";
                return null;
            }

            // Names that stand twice in an object are found only when it is looked into.
            _ = (metadata.Count, content.Count);
            reason = string.Empty;
            return new WireMessage(channel, identities, parts[0], type, id, content, metadata, Subshell(header), Text(parent, "msg_id"));
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            reason = $"its JSON is malformed: {error.Message}";
            return null;
        }
    }

    /// <summary>The id of a subshell; a value that is no text is an id that no subshell has.</summary>
    private static string? Subshell(JsonObject header) =>
        header.TryGetPropertyValue("subshell_id", out JsonNode? node) && node is not null
            ? Text(header, "subshell_id") ?? $"({node.GetValueKind()})"
            : null;

    private static string? Text(JsonObject header, string name) =>
        header.TryGetPropertyValue(name, out JsonNode? node) && node is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : null;
}
