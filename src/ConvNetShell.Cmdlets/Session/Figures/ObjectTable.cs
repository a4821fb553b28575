using System.Management.Automation;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Charts.Tables;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>Objects as the rows of a table; their properties are its columns.</summary>
internal sealed class ObjectTable(IReadOnlyList<PSObject> items)
{
    /// <summary>Returns a row for each object and each Y.</summary>
    /// <param name="x">The property along the horizontal axis.</param>
    /// <param name="y">Those along the vertical axis; none for rows without.</param>
    /// <param name="z">The property of the colors, or null.</param>
    /// <param name="by">The property of the groups, or null.</param>
    /// <exception cref="NameNotFoundException">No object has a property of that name.</exception>
    public IReadOnlyList<TableRow> Rows(string x, IReadOnlyList<string> y, string? z, string? by)
    {
        object?[] xs = Column("-X", x),
            zs = Column("-Z", z),
            groups = Column("-By", by);
        (string Name, object?[] Values)[] ys = [.. y.DefaultIfEmpty().Select(name => (name ?? string.Empty, Column("-Y", name)))];
        return
        [
            .. ys.SelectMany(column =>
                Enumerable
                    .Range(0, items.Count)
                    .Select(i => new TableRow(
                        TableValue.Of(xs[i]),
                        TableValue.Of(column.Values[i]),
                        TableValue.Of(zs[i]),
                        Group(column.Name, TableValue.Of(groups[i]).Text)
                    ))
            ),
        ];

        string Group(string column, string group) =>
            y.Count < 2 ? group
            : group.Length == 0 ? column
            : $"{column}, {group}";
    }

    private object?[] Column(string setting, string? path)
    {
        if (path is null)
        {
            return new object?[items.Count];
        }

        string[] names = path.Split('.');
        object?[] values = new object?[items.Count];
        bool isThere = false;
        for (int i = 0; i < items.Count; i++)
        {
            isThere |= TryRead(items[i], names, out values[i]);
        }

        if (isThere)
        {
            return values;
        }

        string[] known = [.. items.SelectMany(item => item.Properties.Select(property => property.Name)).Distinct().Take(40)];
        throw known.Length > 0
            ? new NameNotFoundException("Property.NotFound", setting, known, path)
            : new InvalidSettingException(setting, $"a property of the objects; {items[0].BaseObject.GetType().Name} has none", path);
    }

    private static bool TryRead(PSObject item, IReadOnlyList<string> names, out object? value)
    {
        value = item;
        foreach (string name in names)
        {
            // A dictionary's keys are read as PowerShell itself reads them.
            if (Bare(value) is System.Collections.IDictionary table && table.Contains(name))
            {
                value = table[name];
            }
            else if (value is not null && PSObject.AsPSObject(value).Properties[name] is { IsGettable: true } property)
            {
                value = property.Value;
            }
            else
            {
                value = null;
                return false;
            }
        }

        value = Bare(value);
        return true;
    }

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
