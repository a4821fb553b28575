using System.Globalization;
using System.Text;
using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>
/// The typefaces of text in pictures. They are carried along, so that text is the same on every machine, also on one without fonts.
/// </summary>
internal static class Typefaces
{
    public static SKTypeface Regular { get; } = Load("DejaVuSans.ttf");

    public static SKTypeface Bold { get; } = Load("DejaVuSans-Bold.ttf");

    /// <summary>
    /// Cuts text into runs of one typeface: ours, and for missing characters (a class named in Chinese) one of the system's.
    /// </summary>
    public static IEnumerable<(string Text, SKTypeface Typeface)> Runs(string text, SKTypeface wanted)
    {
        if (wanted.ContainsGlyphs(text))
        {
            return [(text, wanted)];
        }
        var runs = new List<(StringBuilder Text, SKTypeface Typeface)>();
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            string element = elements.GetTextElement();
            Rune.DecodeFromUtf16(element, out Rune first, out _);
            SKTypeface typeface = wanted.ContainsGlyphs(element) ? wanted : SKFontManager.Default.MatchCharacter(first.Value) ?? wanted;
            if (runs.Count == 0 || runs[^1].Typeface.FamilyName != typeface.FamilyName)
            {
                runs.Add((new StringBuilder(), typeface));
            }
            runs[^1].Text.Append(element);
        }
        return runs.Select(run => (run.Text.ToString(), run.Typeface));
    }

    private static SKTypeface Load(string name)
    {
        using Stream font = typeof(Typefaces).Assembly.GetManifestResourceStream(name)!;
        return SKTypeface.FromStream(font);
    }
}
