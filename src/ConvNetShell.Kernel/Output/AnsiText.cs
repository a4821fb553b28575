using System.Text.RegularExpressions;

namespace ConvNetShell.Kernel.Output;

/// <summary>Text with terminal control sequences: front ends draw colors and no others, as a notebook is no terminal.</summary>
internal static partial class AnsiText
{
    private const char Escape = '\e';
    private const string Reset = "\e[0m";

    /// <summary>Gets a value indicating whether colors are wanted; see https://no-color.org.</summary>
    public static bool HasColor { get; } = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Returns the text with its colors, where they are wanted, and without other sequences.</summary>
    public static string Clean(string text) => HasColor && text.Contains(Escape) ? Other().Replace(text, string.Empty) : Plain(text);

    /// <summary>Returns the text without any sequence.</summary>
    public static string Plain(string text) => text.Contains(Escape) ? Sequence().Replace(text, string.Empty) : text;

    /// <summary>
    /// Returns what a formatter wrote without PowerShell's colors of headers and labels, which other programs would have to remove;
    /// colors that somebody chose stay.
    /// </summary>
    public static string WithoutAccents(string text) =>
        text.Contains(Escape) ? Accent().Replace(text, match => match.Groups["text"].Value) : text;

    /// <summary>Returns the text in a color of the terminal, line by line.</summary>
    public static string Paint(string text, ConsoleColor? foreground, ConsoleColor? background = null)
    {
        if (!HasColor || text.Length == 0 || (foreground, background) is (null, null))
        {
            return text;
        }

        string start = $"{Code(foreground, 30)}{Code(background, 40)}";
        return string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : start + line + Reset));
    }

    /// <summary>ConsoleColor counts blue, green, red by bits 0, 1, 2, and brightness by bit 3; terminals count red first.</summary>
    private static string Code(ConsoleColor? color, int first)
    {
        if (color is not { } value)
        {
            return string.Empty;
        }

        int bits = (int)value,
            hue = ((bits & 4) >> 2) | (bits & 2) | ((bits & 1) << 2);
        return FormattableString.Invariant($"\e[{first + hue + (bits >= 8 ? 60 : 0)}m");
    }

    [GeneratedRegex(@"\e\[32;1(?:;3)?m(?<text>[^\e]*)\e\[0m")] // $PSStyle.Formatting.TableHeader, FormatAccent, CustomTableHeaderLabel
    private static partial Regex Accent();

    [GeneratedRegex(@"\e(?:\[[0-?]*[ -/]*[@-~]|\][^\a\e]*(?:\a|\e\\)|[@-Z\\^_])")]
    private static partial Regex Sequence();

    [GeneratedRegex(@"\e(?:\[[0-?]*[ -/]*[@-ln-~]|\[[<-?][0-?]*m|\][^\a\e]*(?:\a|\e\\)|[@-Z\\^_])")]
    private static partial Regex Other();
}
