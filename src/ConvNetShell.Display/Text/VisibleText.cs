using System.Buffers;
using System.ComponentModel;

namespace ConvNetShell.Display.Text;

/// <summary>
/// Text of others, such as names of files and classes, for a terminal or a page: characters that steer a terminal, break lines or turn the
/// direction of writing become visible ones.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VisibleText
{
    private const char ControlPictures = '\u2400',
        DeletePicture = '\u2421',
        LineBreakPicture = '\u2424',
        Unknown = '\uFFFD';
    private static readonly SearchValues<char> Hidden = SearchValues.Create([
        .. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(letter => Visible(letter) != letter),
    ]);

    /// <summary>Returns a text with each control character as a visible one; the length stays as it is.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text itself where it has none.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAny(Hidden) ? string.Create(text.Length, text, Write) : text;
    }

    /// <summary>Returns a text of several lines, or with tabs, whose other control characters are visible ones.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text itself where it has none.</returns>
    public static string OfLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join('\n', text.Split('\n').Select(line => string.Join('\t', line.TrimEnd('\r').Split('\t').Select(Of))));
    }

    private static void Write(Span<char> target, string text)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Visible(text[i]);
        }
    }

    private static char Visible(char letter) =>
        letter switch
        {
            < ' ' => (char)(ControlPictures + letter),
            '\u007F' => DeletePicture,
            '\u2028' or '\u2029' => LineBreakPicture,
            // C1, and what overrides the direction of writing (Unicode Bidirectional Algorithm, UAX 9)
            (>= '\u0080' and <= '\u009F') or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') => Unknown,
            >= '\u2066' and <= '\u2069' => Unknown,
            _ => letter,
        };
}
