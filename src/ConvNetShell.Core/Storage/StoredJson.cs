using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConvNetShell.Core.Storage;

/// <summary>How documents in files are written: enumerations and NaN by name, no unknown members.</summary>
internal static class StoredJson
{
    /// <summary>Gets the options.</summary>
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Converters = { new JsonStringEnumConverter() },
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
}
