using System.Text.Json.Nodes;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>The beginnings of replies.</summary>
internal static class Reply
{
    /// <summary>A reply that says it went well.</summary>
    public static JsonObject Ok() => new() { ["status"] = "ok" };

    /// <summary>A reply, or the content of an error message, that says what went wrong.</summary>
    public static JsonObject Error(string name, string value, params IEnumerable<string> traceback) =>
        new()
        {
            ["status"] = "error",
            ["ename"] = name,
            ["evalue"] = value,
            ["traceback"] = new JsonArray([.. traceback.Select(line => JsonValue.Create(line))]),
        };
}
