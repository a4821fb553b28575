using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Search;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Cmdlets.Session.Sweeps;

/// <summary>Reads the -Parameter table of Start-Sweep.</summary>
internal static class SweepParameters
{
    /// <summary>Returns the parameters with the values to try, sorted by name unless the table is ordered.</summary>
    /// <param name="table">Names with ranges, values or lists of values.</param>
    /// <exception cref="InvalidSettingException">A list is empty, or a value cannot be kept.</exception>
    public static IReadOnlyList<KeyValuePair<string, SearchDimension>> Read(IDictionary table)
    {
        IEnumerable<DictionaryEntry> entries = table.Cast<DictionaryEntry>();
        return
        [
            .. (table is Hashtable ? entries.OrderBy(entry => $"{entry.Key}", StringComparer.OrdinalIgnoreCase) : entries).Select(entry =>
                KeyValuePair.Create($"{entry.Key}", Dimension($"{entry.Key}", entry.Value))
            ),
        ];
    }

    /// <summary>Checks that all names are settings of Start-Training.</summary>
    /// <exception cref="NameNotFoundException">One is not.</exception>
    public static void RequireSettings(IEnumerable<string> names)
    {
        string[] known = [.. TrainingSetting.All.Where(setting => !setting.IsFolder).Select(setting => setting.Parameter).Distinct()];
        foreach (string name in names)
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new NameNotFoundException("Parameter.NotFound", "Parameter", known, name);
            }
        }
    }

    /// <summary>Returns a value or a list of values as a list.</summary>
    public static IReadOnlyList<object> List(object? value) =>
        Values.Unwrap(value) is IEnumerable list and not string ? list.Cast<object?>().Select(Plain).ToArray() : new[] { Plain(value) };

    /// <summary>Returns a value that can be kept in a file: a number, a text, a truth value or a list of them.</summary>
    /// <exception cref="InvalidSettingException">It cannot.</exception>
    public static object Plain(object? value) =>
        Values.Unwrap(value) switch
        {
            bool or string or int or long or double => Values.Unwrap(value)!,
            Enum word => word.ToString(),
            SwitchParameter isOn => isOn.IsPresent,
            IConvertible and (float or decimal or short or byte or uint or ulong) => Convert.ToDouble(
                Values.Unwrap(value),
                CultureInfo.InvariantCulture
            ),
            TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
            IEnumerable list and not IDictionary => list.Cast<object?>().Select(Plain).ToArray(),
            var other => throw new InvalidSettingException(
                "Parameter",
                "numbers, texts, $true or $false, or New-SearchRange's ranges",
                other?.GetType().Name
            ),
        };

    private static SearchDimension Dimension(string name, object? value) =>
        Values.Unwrap(value) switch
        {
            SearchDimension dimension => dimension,
            null => throw new InvalidSettingException("Parameter", $"at least one value for {name}", null),
            IList { Count: 0 } => throw new InvalidSettingException("Parameter", $"at least one value for {name}", "an empty list"),
            var values => new SearchChoices(List(values)),
        };
}
