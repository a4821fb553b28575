using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>Reads values of parameters as numbers, texts, truth values and lists of them.</summary>
internal sealed class PlainValueConverter : JsonConverter<object>
{
    /// <inheritdoc />
    public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return Value(document.RootElement);
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
    {
        if (value.GetType() == typeof(object))
        {
            throw new JsonException("A parameter must be a number, a text, a truth value or a list of them.");
        }
        JsonSerializer.Serialize(writer, value, value.GetType(), options);
    }

    private static object Value(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number => element.TryGetInt64(out long whole) ? whole : element.GetDouble(),
            JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
            _ => throw new JsonException($"A parameter cannot be {element.ValueKind}."),
        };
}
