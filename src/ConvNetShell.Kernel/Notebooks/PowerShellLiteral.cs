using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConvNetShell.Kernel.Notebooks;

/// <summary>Writes values as PowerShell has them in a script.</summary>
internal static class PowerShellLiteral
{
    /// <summary>Assignments, one a line.</summary>
    /// <exception cref="ArgumentException">A name is no variable's name, or a value cannot be written.</exception>
    public static string Assignments(IDictionary parameters) =>
        string.Join(
            '\n',
            parameters
                .Cast<DictionaryEntry>()
                .Select(entry =>
                {
                    string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
                    return name.Length > 0 && name.All(character => char.IsLetterOrDigit(character) || character == '_')
                        ? $"${name} = {Of(entry.Value)}"
                        : throw new ArgumentException(
                            $"A parameter's name has letters, digits and _ only. Received: '{name}'.",
                            nameof(parameters)
                        );
                })
                .Prepend("# Parameters")
        );

    /// <summary>Writes a number so that it comes back as a number of the same type and value: 2.0 is not 2.</summary>
    private static string Real(double number, string type)
    {
        if (!double.IsFinite(number))
        {
            return $"[{type}]::{(double.IsNaN(number) ? "NaN" : number > 0 ? "PositiveInfinity" : "NegativeInfinity")}";
        }
        IFormattable exact = type == "float" ? (float)number : number;
        return $"[{type}]'{exact.ToString("R", CultureInfo.InvariantCulture)}'";
    }

    /// <summary>One value.</summary>
    public static string Of(object? value) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            null => "$null",
            true => "$true",
            false => "$false",
            string text => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'",
            char character => $"'{CodeGeneration.EscapeSingleQuotedStringContent(character.ToString())}'",
            int number => number.ToString(CultureInfo.InvariantCulture),
            double number => Real(number, "double"),
            float number => Real(number, "float"),
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "d",
            IFormattable number and (sbyte or byte or short or ushort or uint or long or ulong) =>
                $"[{number.GetType().Name}]{number.ToString(null, CultureInfo.InvariantCulture)}",
            IDictionary table =>
                $"@{{ {string.Join("; ", table.Cast<DictionaryEntry>().Select(entry => $"{Of(entry.Key)} = {Of(entry.Value)}"))} }}",
            SwitchParameter flag => flag ? "$true" : "$false",
            IEnumerable items => $"@({string.Join(", ", items.Cast<object?>().Select(Of))})",
            var other => throw new ArgumentException(
                $"A notebook's parameter is a number, text, a truth value, or a list or table of these. Received: "
                    + $"{other.GetType().FullName}.",
                nameof(value)
            ),
        };
}
