using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Microsoft.PowerShell;

namespace ConvNetShell.Kernel.Debugging;

/// <summary>A value's type as PowerShell writes it, and the value in one line.</summary>
internal static class VariableText
{
    private const int Longest = 200,
        MostItems = 20;
    private const string OurTypes = "ConvNetShell.",
        Cut = "...";

    /// <summary>Returns the name of a value's type: <c>int</c>, <c>string[]</c>, <c>TrainingRun</c>.</summary>
    public static string TypeOf(object? value) =>
        value switch
        {
            null => "null",
            PSObject { BaseObject: PSCustomObject } item => item.TypeNames.FirstOrDefault() is { } name
            && !name.EndsWith("PSCustomObject", StringComparison.Ordinal)
                ? name
                : "pscustomobject",
            _ when value.GetType() is { IsGenericType: false } type && type.FullName!.StartsWith(OurTypes, StringComparison.Ordinal) =>
                type.Name,
            _ => ToStringCodeMethods.Type(PSObject.AsPSObject(value.GetType())),
        };

    /// <summary>Returns a value in one line.</summary>
    public static string Of(object? value)
    {
        try
        {
            return Short(Line(value));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return $"({error.GetType().Name}: {Short(error.Message)})"; // a type of anybody's, whose text fails
        }
    }

    private static string Line(object? value) =>
        value switch
        {
            null => "$null",
            string text => text.Length > Longest ? text[..(Longest + 1)] : text,
            bool flag => flag ? "$true" : "$false",
            PSObject { BaseObject: PSCustomObject } item => "@{" + string.Join("; ", Notes(item)) + "}",
            PSObject wrapped => Line(wrapped.BaseObject),
            IDictionary dictionary => string.Create(CultureInfo.InvariantCulture, $"{dictionary.Count} entries: ")
                + string.Join(", ", dictionary.Keys.Cast<object>().Take(MostItems).Select(Line)),
            Array { Rank: > 1 } array => string.Join(
                " x ",
                Enumerable.Range(0, array.Rank).Select(i => array.GetLength(i).ToString(CultureInfo.InvariantCulture))
            ),
            ICollection items => string.Create(CultureInfo.InvariantCulture, $"{items.Count} items: ")
                + string.Join(", ", items.Cast<object?>().Take(MostItems).Select(Part)),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? string.Empty,
        };

    // The items of a collection inside a collection are not listed: it may hold itself.
    private static string Part(object? value) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) is ICollection inner
            ? string.Create(CultureInfo.InvariantCulture, $"({inner.Count} items)")
            : Line(value);

    private static IEnumerable<string> Notes(PSObject item) =>
        item.Properties.OfType<PSNoteProperty>().Take(MostItems).Select(property => $"{property.Name}={NoteText(property.Value)}");

    private static string NoteText(object? value) => value is PSObject { BaseObject: PSCustomObject } ? "@{...}" : Part(value);

    private static string Short(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length > Longest ? line[..Longest] + Cut : line;
    }
}
