using System.Text.Json.Nodes;

namespace ConvNetShell.Kernel.Debugging;

/// <summary>The arguments of a request of the debug protocol; what is missing or of another type has its standard value.</summary>
internal readonly struct DebugArguments(JsonObject content)
{
    /// <summary>Returns a text; empty where there is none.</summary>
    public string Text(string name) => content[name] is JsonValue value && value.TryGetValue(out string? text) ? text : string.Empty;

    /// <summary>Returns a number; 0 where there is none.</summary>
    public int Number(string name) => content[name] is JsonValue value && value.TryGetValue(out int number) ? number : 0;

    /// <summary>Returns the arguments inside one.</summary>
    public DebugArguments Inside(string name) => new(content[name] as JsonObject ?? []);

    /// <summary>Returns the objects of a list.</summary>
    public IEnumerable<DebugArguments> Items(string name) =>
        (content[name] as JsonArray ?? []).OfType<JsonObject>().Select(item => new DebugArguments(item));
}
