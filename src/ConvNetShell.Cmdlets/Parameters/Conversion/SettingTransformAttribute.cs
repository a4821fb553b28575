using System.Globalization;
using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>
/// Reads a setting that may come from a row of a table: an empty cell means that it is not given, and a cell that cannot be read is an
/// error, where PowerShell
/// would pass over it. A switch may be true, yes, on, x or 1, and false, no, off or 0.
/// </summary>
/// <param name="type">The type of the setting.</param>
public sealed class SettingTransformAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>Gets the type of the setting.</summary>
    public Type Type { get; } = type;

    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = Values.Unwrap(inputData);
        if (value is null || Type.IsInstanceOfType(value))
        {
            return inputData;
        }
        bool isSwitch = Type == typeof(SwitchParameter);
        if (value is string text && string.IsNullOrWhiteSpace(text))
        {
            return isSwitch ? false : null;
        }
        return isSwitch && value is string word ? Switch(word.Trim())
            : LanguagePrimitives.TryConvertTo(inputData, Type, CultureInfo.InvariantCulture, out object? converted) ? converted
            : throw Wrong(Expected, value);
    }

    private string Expected =>
        Type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(Type))}"
        : Type == typeof(int) || Type == typeof(long) ? "an integer"
        : Type == typeof(double) ? "a number"
        : $"a {Type.Name}";

    private static bool Switch(string text) =>
        text.ToUpperInvariant() switch
        {
            "TRUE" or "$TRUE" or "YES" or "ON" or "X" or "1" => true,
            "FALSE" or "$FALSE" or "NO" or "OFF" or "0" => false,
            _ => throw Wrong("true or false (also yes, no, on, off, x, 1, 0, or nothing)", text),
        };

    private static ArgumentTransformationMetadataException Wrong(string expected, object received) =>
        new($"The setting must be {expected}. Received: '{Values.Text(received)}'.");
}
