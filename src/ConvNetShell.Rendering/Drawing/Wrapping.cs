namespace ConvNetShell.Rendering.Drawing;

/// <summary>Breaks text into lines.</summary>
internal static class Wrapping
{
    /// <summary>Returns the lines of a text that are no wider than that; a word that is wider is cut with an ellipsis.</summary>
    public static List<string> Lines(string text, Lettering lettering, float width)
    {
        var lines = new List<string>();
        foreach (string paragraph in text.Split('\n'))
        {
            string line = string.Empty;
            foreach (string word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                string longer = line.Length == 0 ? word : line + " " + word;
                if (line.Length > 0 && lettering.Width(longer) > width)
                {
                    lines.Add(line);
                    longer = word;
                }
                line = longer;
            }
            lines.Add(lettering.Fit(line, width));
        }
        return lines;
    }
}
