using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Whether two objects are the same to a user: equal values, or equal property by property.</summary>
internal static class ObjectEquality
{
    public static bool Same(PSObject left, PSObject right, bool caseSensitive)
    {
        if (left.BaseObject is not PSCustomObject || right.BaseObject is not PSCustomObject)
        {
            return LanguagePrimitives.Equals(left, right, !caseSensitive);
        }

        PSPropertyInfo[] ours = [.. left.Properties];
        PSPropertyInfo[] theirs = [.. right.Properties];
        return ours.Length == theirs.Length && ours.Zip(theirs).All(pair =>
            string.Equals(pair.First.Name, pair.Second.Name, StringComparison.OrdinalIgnoreCase)
            && LanguagePrimitives.Equals(pair.First.Value, pair.Second.Value, !caseSensitive));
    }
}
