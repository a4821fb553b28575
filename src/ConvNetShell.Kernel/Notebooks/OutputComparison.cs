using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Notebooks;

/// <summary>Compares the texts of a cell's outputs: words must be equal, numbers may differ by a relative tolerance.</summary>
internal static partial class OutputComparison
{
    // The script of a page's charts, which a static notebook has not.
    private const string ScriptText = "plotly.js";
    private const int MostShown = 60;

    /// <summary>Returns the texts of outputs: streams, and the plain text of results and displays.</summary>
    public static string Text(JsonArray outputs)
    {
        var text = new StringBuilder();
        foreach (JsonNode? output in outputs)
        {
            string plain = Joined(output?["text"] ?? output?["data"]?[MimeBundle.PlainText]);
            if (plain != ScriptText)
            {
                text.AppendLine(AnsiText.Plain(plain));
            }
        }

        return text.ToString();
    }

    /// <summary>Returns what differs, or null where nothing does.</summary>
    /// <param name="expected">The stored text.</param>
    /// <param name="received">The text of the run.</param>
    /// <param name="tolerance">How much numbers may differ, relative to the larger one.</param>
    public static string? Difference(string expected, string received, double tolerance)
    {
        string[] wanted = Words(expected),
            came = Words(received);
        for (int i = 0; i < Math.Max(wanted.Length, came.Length); i++)
        {
            string one = i < wanted.Length ? wanted[i] : "nothing more",
                other = i < came.Length ? came[i] : "nothing more";
            if (!IsSame(one, other, tolerance))
            {
                return $"expected {Short(one)} as word {i + 1}. Received: {Short(other)}";
            }
        }

        return null;
    }

    private static bool IsSame(string one, string other, double tolerance) =>
        one == other
        || (
            double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out double a)
            && double.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out double b)
            && Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), Math.Abs(b))
        );

    // PowerShell's tables have the numbers of the session's culture; a rule of a table grows with the numbers under it.
    private static string[] Words(string text)
    {
        string point = CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator;
        if (point != ".")
        {
            text = Regex.Replace(text, $@"(?<=\d){Regex.Escape(point)}(?=\d)", ".");
        }

        return
        [
            .. Word()
                .Matches(Group().Replace(text, "$1$2"))
                .Select(word => word.Value)
                .Where(word => !word.All(sign => sign is '-' or '─')),
        ];
    }

    private static string Joined(JsonNode? text) =>
        text switch
        {
            JsonArray lines => string.Concat(lines.Select(line => line?.GetValue<string>())),
            JsonValue value => value.GetValue<string>(),
            _ => string.Empty,
        };

    private static string Short(string word) => word.Length > MostShown ? word[..MostShown] + "…" : word;

    [GeneratedRegex(@"(\d),(\d{3})(?!\d)")]
    private static partial Regex Group();

    [GeneratedRegex(@"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?|[^\s\d]+")]
    private static partial Regex Word();
}
