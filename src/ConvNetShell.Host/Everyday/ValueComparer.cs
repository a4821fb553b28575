using System.Globalization;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Orders and equates values as PowerShell's operators do; what cannot be compared is compared as text.</summary>
internal sealed class ValueComparer(bool caseSensitive) : IComparer<object?>, IEqualityComparer<object?>
{
    public int Compare(object? x, object? y)
    {
        try
        {
            return LanguagePrimitives.Compare(x, y, !caseSensitive, CultureInfo.CurrentCulture);
        }
        catch (ArgumentException)
        {
            // Not comparable with each other: their texts still are.
            return string.Compare(Text(x), Text(y), CultureInfo.CurrentCulture, caseSensitive ? CompareOptions.None : CompareOptions.IgnoreCase);
        }
    }

    public new bool Equals(object? x, object? y) => LanguagePrimitives.Equals(x, y, !caseSensitive, CultureInfo.CurrentCulture);

    // Values of different types may be equal (1 and '1'), so only their texts can share a hash.
    public int GetHashCode(object? value) => StringComparer.CurrentCultureIgnoreCase.GetHashCode(Text(value));

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
}
