using System.Text;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Reads separated values: quotes, doubled quotes and line ends inside quotes.</summary>
internal static class CsvReader
{
    public static IEnumerable<List<string>> Read(string text, char delimiter)
    {
        var row = new List<string>();
        var value = new StringBuilder();
        bool quoted = false;
        bool wasQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char current = text[i];
            if (quoted)
            {
                if (current != '"')
                {
                    value.Append(current);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    value.Append(text[++i]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (current == '"' && value.Length == 0)
            {
                quoted = wasQuoted = true;
            }
            else if (current == delimiter)
            {
                EndValue();
            }
            else if (current is '\n' or '\r')
            {
                if (row.Count > 0 || value.Length > 0 || wasQuoted)
                {
                    EndValue();
                    yield return row;
                    row = [];
                }
            }
            else
            {
                value.Append(current);
            }
        }

        if (row.Count > 0 || value.Length > 0 || wasQuoted)
        {
            EndValue();
            yield return row;
        }

        void EndValue()
        {
            row.Add(value.ToString());
            value.Clear();
            wasQuoted = false;
        }
    }

    /// <summary>Objects from separated values; the first row names the columns unless <paramref name="header"/> does.</summary>
    public static IEnumerable<PSObject> Objects(string text, char delimiter, string[]? header)
    {
        string[]? names = header;
        foreach (List<string> row in Read(text, delimiter).Where(row => !row[0].StartsWith("#TYPE ", StringComparison.Ordinal)))
        {
            if (names is null)
            {
                names = [.. row.Select((name, i) => string.IsNullOrEmpty(name) ? $"H{i + 1}" : name)];
                continue;
            }

            var item = new PSObject();
            for (int i = 0; i < names.Length; i++)
            {
                item.Properties.Add(new PSNoteProperty(names[i], i < row.Count ? row[i] : null));
            }

            yield return item;
        }
    }
}
