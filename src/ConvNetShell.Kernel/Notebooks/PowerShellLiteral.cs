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

    /// <summary>One value.</summary>
    public static string Of(object? value) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            null => "$null",
            true => "$true",
            false => "$false",
            string text => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'",
            char character => $"'{CodeGeneration.EscapeSingleQuotedStringContent(character.ToString())}'",
            double number when !double.IsFinite(number) =>
                $"[double]::{(double.IsNaN(number) ? "NaN" : number > 0 ? "PositiveInfinity" : "NegativeInfinity")}",
            sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => (
                (IFormattable)(value is PSObject number2 ? number2.BaseObject : value)!
            ).ToString(null, CultureInfo.InvariantCulture),
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
