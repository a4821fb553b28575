using System.Text;

namespace ConvNetShell.Core.Tests;

/// <summary>Text as help topics have it: at most 80 columns wide.</summary>
internal static class TopicText
{
    private const int Columns = 80;

    /// <summary>Breaks a paragraph into indented lines.</summary>
    public static string Wrap(string text, string indent)
    {
        var lines = new StringBuilder();
        string line = indent;
        foreach (string word in text.Split(' '))
        {
            if (line.Length + word.Length > Columns)
            {
                lines.Append(line.TrimEnd()).Append('\n');
                line = indent;
            }
            line += $"{word} ";
        }
        return lines.Append(line.TrimEnd()).Append('\n').ToString();
    }
}
