using System.Globalization;
using System.Text.RegularExpressions;

namespace ConvNetShell.Rendering.Terminal;

/// <summary>A terminal's answer to <see cref="Question"/>.</summary>
internal static partial class TerminalAnswer
{
    /// <summary>
    /// Asks for the background's color, the pixels of a character, and last, as every terminal answers that, for its abilities.
    /// </summary>
    public const string Question = "\u001b]11;?\u001b\\\u001b[16t\u001b[c";

    private const int LeastCell = 4,
        MostCell = 200;
    private const string SixelGraphics = "4";

    /// <summary>Returns whether the last answer has come.</summary>
    public static bool IsComplete(string text) => Attributes().IsMatch(text);

    /// <summary>
    /// Returns how the terminal draws sixels; <see langword="null"/> where it says that it does not, or has not answered.
    /// </summary>
    public static SixelOptions? Read(string text)
    {
        if (
            Attributes().Match(text) is not { Success: true } attributes
            || !attributes.Groups[1].Value.Split(';').Skip(1).Contains(SixelGraphics)
        )
        {
            return null;
        }
        var options = new SixelOptions { Dark = Dark(text) };
        return
            Cell().Match(text) is { Success: true } cell
            && Number(cell, 1) is >= LeastCell and <= MostCell and var height
            && Number(cell, 2) is >= LeastCell and <= MostCell and var width
            ? options with
            {
                CellWidth = width,
                CellHeight = height,
            }
            : options;
    }

    private static bool? Dark(string text)
    {
        if (Background().Match(text) is not { Success: true } color)
        {
            return null;
        }
        double Part(int group) =>
            int.Parse(color.Groups[group].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            / (Math.Pow(16, color.Groups[group].Length) - 1);
        return (0.2126 * Part(1)) + (0.7152 * Part(2)) + (0.0722 * Part(3)) < 0.5;
    }

    private static int Number(Match match, int group) =>
        int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    [GeneratedRegex(@"\x1b\[\?([0-9;]+)c")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\x1b\[6;([0-9]+);([0-9]+)t")]
    private static partial Regex Cell();

    [GeneratedRegex(@"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")]
    private static partial Regex Background();
}
