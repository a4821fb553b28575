using System.Collections;
using System.Globalization;
using Microsoft.PowerShell.Commands;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>One entry of a -Property parameter: a name, a wildcard, a script block, or a hashtable with Name/Expression and sort keys.</summary>
internal sealed class PropertyChoice
{
    private PropertyChoice(PSPropertyExpression expression, string? name, bool? descending)
    {
        Expression = expression;
        Name = name;
        Descending = descending;
    }

    public PSPropertyExpression Expression { get; }

    /// <summary>The name the user gave in a hashtable; null otherwise.</summary>
    public string? Name { get; }

    /// <summary>The direction the user gave in a hashtable; null otherwise.</summary>
    public bool? Descending { get; }

    public static PropertyChoice[] Parse(object[]? properties) => properties is null ? [] : [.. properties.Select(Parse)];

    /// <summary>The values this entry selects on an object: none for a property it lacks, several for a wildcard.</summary>
    public IEnumerable<PSPropertyExpressionResult> Values(PSObject target) => Expression.GetValues(target);

    /// <summary>The one value used to sort, group or measure by; null when there is none.</summary>
    public object? Value(PSObject target) => Values(target).FirstOrDefault() is { Exception: null } result ? result.Result : null;

    /// <summary>The name of a selected value.</summary>
    public string NameOf(PSPropertyExpressionResult result) => Name ?? result.ResolvedExpression.ToString();

    private static PropertyChoice Parse(object property)
    {
        object value = property is PSObject wrapped ? wrapped.BaseObject : property;
        if (value is not IDictionary table)
        {
            return new PropertyChoice(ToExpression(value), null, null);
        }

        object? expression = null;
        string? name = null;
        bool? descending = null;
        foreach (DictionaryEntry entry in table)
        {
            string key = LanguagePrimitives.ConvertTo<string>(entry.Key).ToLower(CultureInfo.InvariantCulture);
            switch (key)
            {
                case "n" or "name" or "l" or "label":
                    name = LanguagePrimitives.ConvertTo<string>(entry.Value);
                    break;
                case "ascending":
                    descending = !LanguagePrimitives.IsTrue(entry.Value);
                    break;
                case "descending":
                    descending = LanguagePrimitives.IsTrue(entry.Value);
                    break;
                case "e" or "expression":
                    expression = entry.Value is PSObject boxed ? boxed.BaseObject : entry.Value;
                    break;
                default:
                    throw new PSArgumentException($"A property table takes Name (or Label), Expression, Ascending and Descending. Received: {entry.Key}.");
            }
        }

        return new PropertyChoice(
            ToExpression(expression ?? name ?? throw new PSArgumentException("A property table needs an Expression or a Name. Received: neither.")), name, descending);
    }

    private static PSPropertyExpression ToExpression(object value) =>
        value is ScriptBlock script ? new PSPropertyExpression(script) : new PSPropertyExpression(LanguagePrimitives.ConvertTo<string>(value));
}
