using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ConvNetShell.Kernel.Engine;

/// <summary>The texts of the cells that have run, by which an error's positions are found again as cell, line and function.</summary>
internal sealed partial class CellSources
{
    private const string NoFunction = "<ScriptBlock>";
    private readonly List<(int Number, string Code)> cells = [];

    /// <summary>A cell begins.</summary>
    public void Add(int number, string code)
    {
        cells.RemoveAll(cell => cell.Code == code); // run again, it has a new number
        cells.Add((number, code));
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
            int? number = function == NoFunction ? NumberOf(line, first) : NumberOf(sourceOf(function));
            if (number is int cell)
            {
                string name = function == NoFunction ? string.Empty : $", in {function}";
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"In[{cell}], line {line}{name}"));
            }
        }

        return lines;
    }

    private int? NumberOf(string? code) => cells.FindLast(cell => cell.Code == code) is { Code: not null } found ? found.Number : null;

    /// <summary>A block without a name may be an earlier cell's; the text of its line says whose, where it is known.</summary>
    private int? NumberOf(int line, string? text)
    {
        bool Has(string code) =>
            code.Split('\n') is { } lines && line <= lines.Length && (string.IsNullOrEmpty(text) || lines[line - 1].Trim() == text.Trim());
        return cells.FindLast(cell => Has(cell.Code)) is { Code: not null } found ? found.Number : null;
    }

    [GeneratedRegex(@"^at (?<function>.+), <No file>: line (?<line>\d+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Frame();
}
