using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Interop.ConvNetJS;

/// <summary>
/// Reads the layer_defs of ConvNetJS' pages: the literals that are pushed or listed, and nothing else. No JavaScript is executed; other
/// statements are skipped.
/// </summary>
internal sealed class LayerDefsReader
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 1_000_000;

    private const string Variable = "layer_defs";
    private readonly string text;
    private int at;

    private LayerDefsReader(string text) => this.text = text;

    /// <summary>Reads the definitions.</summary>
    /// <param name="text">JavaScript with layer_defs.push({...}) or layer_defs = [{...}], or an array literal alone.</param>
    /// <exception cref="InvalidSettingException">There are none, or they are not literals.</exception>
    public static IReadOnlyList<ConvNetJsDefinition> Read(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new InvalidSettingException(
                Variable,
                string.Create(CultureInfo.InvariantCulture, $"at most {MaxLength} characters"),
                text.Length
            );
        }
        var found = new List<IReadOnlyDictionary<string, object>>();
        new LayerDefsReader(text).Statements(found);
        return LayerDefsExpander.Expand(found);
    }

    private void Statements(List<IReadOnlyDictionary<string, object>> found)
    {
        while (Skip())
        {
            if (text[at] == '[')
            {
                Array(found);
                continue;
            }
            if (text[at] is ';' or ',')
            {
                at++;
                continue;
            }
            string word = Word();
            if (word is "var" or "let" or "const")
            {
                continue;
            }
            if (word != Variable || !Definitions(found))
            {
                SkipStatement();
            }
        }
    }

    private bool Definitions(List<IReadOnlyDictionary<string, object>> found)
    {
        Skip();
        if (Take('='))
        {
            Skip();
            found.Clear();
            if (at < text.Length && text[at] == '[')
            {
                Array(found);
                return true;
            }
            throw Wrong("an array");
        }
        if (Take('.') && Word() == "push" && Skip() && Take('('))
        {
            while (Skip() && !Take(')'))
            {
                found.Add(Object());
                Skip();
                _ = Take(',');
            }
            return true;
        }
        return false;
    }

    private void Array(List<IReadOnlyDictionary<string, object>> found)
    {
        Expect('[');
        while (Skip() && !Take(']'))
        {
            found.Add(Object());
            Skip();
            if (!Take(',') && (at >= text.Length || text[at] != ']'))
            {
                throw Wrong("a comma or ]");
            }
        }
    }

    private Dictionary<string, object> Object()
    {
        var settings = new Dictionary<string, object>(StringComparer.Ordinal);
        Expect('{');
        while (Skip() && !Take('}'))
        {
            string name = text[at] is '\'' or '"' ? Quoted() : Word();
            Skip();
            Expect(':');
            Skip();
            settings[name] = Literal();
            Skip();
            if (!Take(',') && (at >= text.Length || text[at] != '}'))
            {
                throw Wrong("a comma or }");
            }
        }
        return settings;
    }

    private object Literal()
    {
        if (at < text.Length && text[at] is '\'' or '"')
        {
            return Quoted();
        }
        int start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '.' or '-' or '+' or '_'))
        {
            at++;
        }
        ReadOnlySpan<char> word = text.AsSpan(start, at - start);
        if (word is "true" or "false")
        {
            return word is "true" ? 1.0 : 0.0;
        }
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return number;
        }
        at = start;
        throw Wrong("a number, a text in quotation marks, true or false");
    }

    private string Quoted()
    {
        char mark = text[at++];
        int end = text.IndexOf(mark, at);
        if (end < 0)
        {
            throw Wrong("the closing quotation mark");
        }
        string content = text[at..end];
        at = end + 1;
        return content;
    }

    private string Word()
    {
        int start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '$'))
        {
            at++;
        }
        if (at == start)
        {
            at++; // a sign that no statement of interest begins with
        }
        return text[start..at];
    }

    // to the semicolon or the end of the line, outside of brackets and texts
    private void SkipStatement()
    {
        int depth = 0;
        while (Skip(lines: false) && (depth > 0 || text[at] is not (';' or '\n')))
        {
            if (text[at] is '\'' or '"')
            {
                Quoted();
                continue;
            }
            depth +=
                text[at] is '(' or '[' or '{' ? 1
                : text[at] is ')' or ']' or '}' ? -1
                : 0;
            at++;
        }
    }

    // white space and comments; false at the end
    private bool Skip(bool lines = true)
    {
        while (at < text.Length)
        {
            bool isComment = text[at] == '/' && at + 1 < text.Length && text[at + 1] is '/' or '*';
            if (isComment)
            {
                string end = text[at + 1] == '/' ? "\n" : "*/";
                int found = text.IndexOf(end, at + 2, StringComparison.Ordinal);
                at = found < 0 ? text.Length : found + (end.Length - (end.Length == 1 ? 1 : 0));
            }
            else if (char.IsWhiteSpace(text[at]) && (lines || text[at] != '\n'))
            {
                at++;
            }
            else
            {
                return true;
            }
        }
        return false;
    }

    private bool Take(char sign)
    {
        bool isThere = at < text.Length && text[at] == sign;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private void Expect(char sign)
    {
        if (!Take(sign))
        {
            throw Wrong($"'{sign}'");
        }
    }

    private InvalidSettingException Wrong(string expected) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"{Variable} at character {at}"),
            expected,
            at >= text.Length ? "the end" : text.Substring(at, Math.Min(20, text.Length - at))
        );
}
