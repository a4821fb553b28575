using System.Globalization;
using System.Text.Json;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>The settings of a layer in Keras' JSON.</summary>
/// <param name="owner">The layer's class and name, for errors.</param>
/// <param name="json">The settings.</param>
internal sealed class KerasSettings(string owner, JsonElement json)
{
    /// <summary>Returns a member that is there and not null.</summary>
    public JsonElement? Find(string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>Returns a text.</summary>
    public string Text(string name, string standard) =>
        Find(name) is not { } value ? standard
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw Wrong(name, "a text", value);

    /// <summary>Returns true or false.</summary>
    public bool Flag(string name, bool standard) =>
        Find(name) is not { } value ? standard
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Wrong(name, "true or false", value);

    /// <summary>Returns a number.</summary>
    public double Real(string name, double standard) => Find(name) is { } value ? Real(name, value) : standard;

    /// <summary>Returns an integer that must be there.</summary>
    public int Integer(string name) => Find(name) is { } value ? Integer(name, value) : throw Wrong(name, "an integer", null);

    /// <summary>Returns an integer.</summary>
    public int Integer(string name, int standard) => Find(name) is { } value ? Integer(name, value) : standard;

    /// <summary>Returns one number for each dimension.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="count">The number of dimensions; a single number stands for all.</param>
    /// <param name="standard">The numbers where there are none; none: an error.</param>
    public int[] Sizes(string name, int count, int[]? standard = null)
    {
        if (Find(name) is not { } value)
        {
            return standard ?? throw Wrong(name, "integers", null);
        }
        int[] sizes =
            value.ValueKind == JsonValueKind.Array
                ? [.. value.EnumerateArray().Select(number => Integer(name, number))]
                : [.. Enumerable.Repeat(Integer(name, value), count)];
        return sizes.Length == count ? sizes : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"{count} integers"), value);
    }

    /// <summary>Returns the numbers of a list, of lists within lists too; a single number is a list of one.</summary>
    public double[] Reals(string name) => Find(name) is { } value ? [.. Flat(name, value)] : [];

    /// <summary>Passes where a setting has the only value that layers here have.</summary>
    public void Require(string name, string expected)
    {
        string received = Text(name, expected);
        if (received != expected)
        {
            throw new InvalidSettingException($"{name} of {owner}", $"'{expected}'", received);
        }
    }

    /// <summary>Passes where a setting is false.</summary>
    public void RequireNot(string name)
    {
        if (Flag(name, standard: false))
        {
            throw new InvalidSettingException($"{name} of {owner}", "false", "true");
        }
    }

    /// <summary>Makes the error about a setting.</summary>
    public InvalidSettingException Wrong(string name, string expected, object? received) =>
        new($"{name} of {owner}", expected, Short(received));

    private IEnumerable<double> Flat(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(part => Flat(name, part)) : [Real(name, value)];

    private double Real(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw Wrong(name, "a number", value);

    private int Integer(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw Wrong(name, "an integer", value);

    private static object? Short(object? value) =>
        value is JsonElement { ValueKind: not JsonValueKind.Undefined } element
            ? element.GetRawText() is { Length: > 80 } text
                ? text[..80]
                : element.GetRawText()
            : value;
}
