using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using ConvNetShell.Kernel.Breakpoints;

namespace ConvNetShell.Kernel.Engine;

/// <summary>The texts of the cells that have run, by which an error's positions are found again as cell, line and function.</summary>
/// <param name="files">The names of cells that the debugger can stop, instead of none.</param>
internal sealed partial class CellSources(CellFiles files)
{
    private const int NoLine = 10_000; // more lines than a cell has
    private const string NoFunction = "<ScriptBlock>",
        NoFile = "<No file>";
    private readonly Lock gate = new();
    private readonly List<(string Name, string Code)> cells = [];

    /// <summary>Returns a script of the kernel's own so that no error counts it to a cell: its lines are beyond those of any.</summary>
    public static string Outside(string script) => new string('\n', NoLine) + script;

    /// <summary>A cell begins.</summary>
    /// <param name="name">Its name, such as <c>In[2]</c>.</param>
    /// <param name="code">Its text.</param>
    public void Add(string name, string code)
    {
        lock (gate)
        {
            cells.RemoveAll(cell => cell.Code == code); // run again, it has a new name
            cells.Add((name, code));
        }
    }

    /// <summary>Returns where an error was raised and from where that was called, innermost first.</summary>
    /// <param name="error">The error.</param>
    /// <param name="sourceOf">The whole text in which a function is defined; <see langword="null"/> where it is in no cell.</param>
    /// <returns>A line for each call in a cell, as <c>In[2], line 1, in Get-Rate</c>; none for an error outside of cells.</returns>
    public IReadOnlyList<string> Locate(ErrorRecord error, Func<string, string?> sourceOf)
    {
        var lines = new List<string>();
        foreach (Match frame in Frame().Matches(error.ScriptStackTrace ?? string.Empty))
        {
            string function = frame.Groups["function"].Value;
            int line = int.Parse(frame.Groups["line"].Value, CultureInfo.InvariantCulture);
            string? first = lines.Count == 0 ? error.InvocationInfo?.Line : null;
            string file = frame.Groups["file"].Value;
            string? cell =
                file != NoFile ? NameOf(files.Find(file))
                : function == NoFunction ? NameOf(line, first)
                : NameOf(sourceOf(function));
            if (cell is not null)
            {
                string name = function == NoFunction ? string.Empty : $", in {function}";
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{cell}, line {line}{name}"));
            }
        }

        return lines;
    }

    /// <summary>Returns a text with the names of cells in place of those that the debugger has for them.</summary>
    public string WithNames(string text) =>
        text.Contains(files.Prefix, StringComparison.Ordinal)
            ? CellFile().Replace(text, match => NameOf(files.Find(match.Value)) ?? match.Value)
            : text;

    private string? NameOf(string? code) => Find(cell => cell == code);

    /// <summary>A block without a name may be an earlier cell's; the text of its line says whose, where it is known.</summary>
    private string? NameOf(int line, string? text) =>
        Find(code =>
            code.Split('\n') is { } lines && line <= lines.Length && (string.IsNullOrEmpty(text) || lines[line - 1].Trim() == text.Trim())
        );

    private string? Find(Predicate<string> isIt)
    {
        lock (gate)
        {
            return cells.FindLast(cell => isIt(cell.Code)).Name;
        }
    }

    [GeneratedRegex(@"^at (?<function>.+?), (?<file>.+): line (?<line>\d+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Frame();

    private Regex CellFile() => new(Regex.Escape(files.Prefix) + @"\d+" + Regex.Escape(CellFiles.Suffix), RegexOptions.CultureInvariant);
}
