using System.Text.RegularExpressions;

namespace ConvNetShell.Kernel.Output;

/// <summary>Takes terminal control sequences out of text: a notebook is no terminal.</summary>
internal static partial class AnsiText
{
    private const char Escape = '\e';

    /// <summary>The text without colors and other sequences.</summary>
    public static string Strip(string text) => text.Contains(Escape) ? Sequence().Replace(text, string.Empty) : text;

    [GeneratedRegex(@"\e(?:\[[0-?]*[ -/]*[@-~]|\][^\a\e]*(?:\a|\e\\)|[@-Z\\^_])")]
    private static partial Regex Sequence();
}
