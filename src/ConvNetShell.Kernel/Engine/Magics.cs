using System.Text.RegularExpressions;

namespace ConvNetShell.Kernel.Engine;

/// <summary>The magics of IPython that people type from habit, and PowerShell's way of each.</summary>
internal static partial class Magics
{
    private static readonly Dictionary<string, string> Ways = new(StringComparer.Ordinal)
    {
        ["cd"] = "Set-Location FOLDER",
        ["env"] = "$env:NAME, or Get-ChildItem env:",
        ["history"] = "Get-History",
        ["load"] = "Get-Content FILE",
        ["ls"] = "Get-ChildItem",
        ["pip"] = "Install-PSResource NAME",
        ["pwd"] = "Get-Location",
        ["run"] = "& ./FILE.ps1",
        ["time"] = "Measure-Command { ... }",
        ["timeit"] = "Measure-Command { ... }",
        ["who"] = "Get-Variable",
        ["whos"] = "Get-Variable",
        ["writefile"] = "Set-Content FILE -Value '...'",
    };

    /// <summary>Returns what to type instead.</summary>
    /// <param name="code">A cell that failed.</param>
    /// <returns>A sentence; <see langword="null"/> where the cell begins with no magic.</returns>
    public static string? Hint(string code) =>
        Magic().Match(code) is not { Success: true } match ? null
        : match.Groups["command"] is { Success: true } command
            ? $"PowerShell runs programs without an exclamation mark. Try: {command.Value.Trim()}"
        : Ways.TryGetValue(match.Groups["name"].Value, out string? way) ? $"PowerShell has no magics. Try: {way}"
        : "PowerShell has no magics: everything is a command. Try: Get-Command";

    [GeneratedRegex(@"^\s*(?:!(?<command>[^\n]+)|%%?(?<name>[a-z]\w*)(?!\s*\{))")]
    private static partial Regex Magic();
}
