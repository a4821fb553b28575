using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Text;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Kernel.Engine;

/// <summary>
/// Objects without a view of their own, as Select-Object, Import-Csv and ConvertFrom-Json make them, as a table of a page: all columns,
/// numbers with four significant digits and the whole number at the pointer. A click on a column's name sorts where the page may run
/// scripts.
/// </summary>
internal static class ObjectTable
{
    private const int MostRows = 1000,
        MostColumns = 100,
        MostCharacters = 200;
    private const string Sort =
        "const h=event.target.closest('th');if(!h||!this.tHead.contains(h))return;"
        + "const i=h.cellIndex,s=h.dataset.s=h.dataset.s==='1'?'-1':'1';"
        + "[...this.tBodies[0].rows].sort((a,b)=>{const p=a.cells[i],q=b.cells[i],v=p.dataset.v,w=q.dataset.v;"
        + "return s*(v===undefined||w===undefined?p.textContent.localeCompare(q.textContent):v-w)}).forEach(r=>this.tBodies[0].append(r))";

    private static readonly string[] Plain = [typeof(PSCustomObject).FullName!, "Selected.", "CSV:"];

    /// <summary>Returns whether an object has only properties, and no view of its own.</summary>
    public static bool Takes(PSObject item) =>
        item.BaseObject is PSCustomObject
        && item.TypeNames.Count > 0
        && Array.Exists(Plain, name => item.TypeNames[0].StartsWith(name, StringComparison.Ordinal))
        && item.Properties.Any();

    /// <summary>Writes the table.</summary>
    public static string Html(IReadOnlyList<PSObject> items)
    {
        string[] columns =
        [
            .. items.SelectMany(item => item.Properties.Select(property => property.Name)).Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        var notes = new List<string>();
        Note(notes, columns.Length, MostColumns, "columns");
        Note(notes, items.Count, MostRows, "rows");
        columns = [.. columns.Take(MostColumns)];
        var html = new StringBuilder("<div style=\"max-height:420px;overflow:auto\"><table onclick=\"");
        html.Append(Sort).Append("\"><thead><tr>");
        foreach (string column in columns)
        {
            html.Append("<th style=\"cursor:pointer;position:sticky;top:0;text-align:left\" title=\"sort\">")
                .Append(Encode(column))
                .Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (PSObject item in items.Take(MostRows))
        {
            html.Append("<tr>");
            foreach (string column in columns)
            {
                html.Append(Cell(item.Properties[column]));
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table></div>");
        notes.ForEach(note => html.Append("<small>").Append(note).Append("</small>"));
        return html.ToString();
    }

    private static void Note(List<string> notes, int count, int most, string kind)
    {
        if (count > most)
        {
            notes.Add(string.Create(CultureInfo.CurrentCulture, $"The first {most:N0} of {count:N0} {kind}. "));
        }
    }

    private static string Cell(PSPropertyInfo? property)
    {
        object? value = Read(property);
        return value switch
        {
            null => "<td></td>",
            float or double or decimal or Half => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture), ViewCell.Number(value)),
            sbyte or byte or short or ushort or int or uint or long or ulong => Number(
                Convert.ToDouble(value, CultureInfo.InvariantCulture),
                Convert.ToString(value, CultureInfo.CurrentCulture)!
            ),
            TimeSpan time => Ordered(time.TotalSeconds, time.ToString("g", CultureInfo.CurrentCulture)),
            DateTime time => Ordered(time.Ticks, time.ToString(CultureInfo.CurrentCulture)),
            _ => $"<td style=\"text-align:left\">{Encode(Text(value))}</td>",
        };
    }

    private static object? Read(PSPropertyInfo? property)
    {
        try
        {
            return property?.Value is PSObject { BaseObject: var bare } and not { BaseObject: PSCustomObject } ? bare : property?.Value;
        }
        catch (GetValueException error)
        {
            return error.Message; // as Format-List shows a property that fails
        }
    }

    private static string Number(double value, string text) =>
        double.IsFinite(value) ? Ordered(value, text) : $"<td style=\"text-align:right\">{Encode(text)}</td>";

    private static string Ordered(double value, string text)
    {
        string whole = value.ToString("R", CultureInfo.InvariantCulture);
        return $"<td style=\"text-align:right\" data-v=\"{whole}\" title=\"{whole}\">{Encode(text)}</td>";
    }

    private static string Text(object value)
    {
        string text = value is not string and IEnumerable list
            ? "{" + string.Join(", ", list.Cast<object?>().Take(10).Select(each => $"{each}")) + "}"
            : Convert.ToString(value, CultureInfo.CurrentCulture) ?? string.Empty;
        return text.Length > MostCharacters ? text[..(MostCharacters - 1)] + "…" : text;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(VisibleText.Of(text));
}
