using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace ConvNetShell.Kernel.Debugging;

/// <summary>
/// Variables as the debug protocol lists them: name, type, a line of text, and a number by which the parts of collections are asked for. No
/// script of the user's runs for it, as it happens while a cell runs.
/// </summary>
internal sealed class VariableList
{
    private const int MostParts = 200,
        MostReferences = 10_000;
    private readonly ConditionalWeakTable<object, StrongBox<int>> references = [];
    private readonly Dictionary<int, WeakReference> values = [];
    private int last;

    /// <summary>Returns the entries of variables.</summary>
    public JsonArray Of(IReadOnlyDictionary<string, PSVariable> variables) =>
        new([.. variables.Select(variable => Entry(variable.Key, variable.Value.Value, "$" + variable.Key))]);

    /// <summary>Returns the entries of a value's parts.</summary>
    /// <param name="reference">The number of the value.</param>
    /// <exception cref="ArgumentException">There is no such value, or none any more.</exception>
    public JsonArray Inside(int reference) =>
        values.TryGetValue(reference, out WeakReference? known) && known.Target is { } value
            ? new JsonArray([.. Parts(value).Take(MostParts).Select(part => Entry(part.Name, part.Value, part.EvaluateName))])
            : throw new ArgumentException($"There is no value with the number {reference}, or it is gone.", nameof(reference));

    /// <summary>Returns the entry of a value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value.</param>
    /// <param name="evaluateName">The expression that gives it; <see langword="null"/> for none.</param>
    public JsonObject Entry(string name, object? value, string? evaluateName)
    {
        object? plain = value is PSObject wrapped and not { BaseObject: PSCustomObject } ? wrapped.BaseObject : value;
        var entry = new JsonObject
        {
            ["name"] = name,
            ["type"] = VariableText.TypeOf(plain),
            ["value"] = VariableText.Of(plain),
            ["variablesReference"] = plain is not null && HasParts(plain) ? Reference(plain) : 0,
        };
        if (evaluateName is not null)
        {
            entry["evaluateName"] = evaluateName;
        }

        return entry;
    }

    private static bool HasParts(object value) =>
        value switch
        {
            VariableScope scope => scope.Variables.Count > 0,
            IDictionary dictionary => dictionary.Count > 0,
            IList list => list.Count > 0,
            PSObject => true,
            _ => false,
        };

    private static IEnumerable<(string Name, object? Value, string? EvaluateName)> Parts(object value) =>
        value switch
        {
            VariableScope scope => scope.Variables.Select(each => (each.Key, (object?)each.Value.Value, (string?)("$" + each.Key))),
            _ => Items(value).Select(item => (item.Name, item.Value, (string?)null)),
        };

    private static IEnumerable<(string Name, object? Value)> Items(object value) =>
        value switch
        {
            IDictionary dictionary => dictionary
                .Keys.Cast<object>()
                .ToArray()
                .Select(key => (Convert.ToString(key, CultureInfo.InvariantCulture) ?? string.Empty, dictionary[key])),
            IList list => Enumerable
                .Range(0, Math.Min(list.Count, MostParts))
                .Select(i => (string.Create(CultureInfo.InvariantCulture, $"[{i}]"), Item(list, i))),
            PSObject item => item
                .Properties.OfType<PSNoteProperty>()
                .ToArray()
                .Select(property => (property.Name, (object?)property.Value)),
            _ => [],
        };

    // An array of several dimensions has no element at one index.
    private static object? Item(IList list, int index) =>
        list is Array { Rank: > 1 } array ? array.Cast<object?>().ElementAt(index)
        : index < list.Count ? list[index]
        : null;

    /// <summary>Returns the number by which a value's parts are asked for.</summary>
    public int Reference(object value)
    {
        if (references.TryGetValue(value, out StrongBox<int>? known))
        {
            return known.Value;
        }

        if (values.Count >= MostReferences)
        {
            foreach (int gone in values.Where(entry => !entry.Value.IsAlive).Select(entry => entry.Key).ToArray())
            {
                values.Remove(gone);
            }
        }

        references.Add(value, new StrongBox<int>(++last));
        values[last] = new WeakReference(value);
        return last;
    }
}
