using ConvNetShell.Testing;

namespace ConvNetShell.Module.Tests.Support;

/// <summary>A line typed at the prompt in a help topic, with its continuation lines (&gt;&gt;), and the output printed below it.</summary>
internal sealed record Transcript(string Line, string Output)
{
    /// <summary>How wide output is, and how far topics indent it.</summary>
    public const int Width = 100,
        Indent = 8;

    private const string Prompt = "PS> ",
        Continuation = ">> ";

    /// <summary>
    /// Returns the lines of a topic in order; output is what follows at the same indent or more, up to the next prompt or text.
    /// </summary>
    public static IReadOnlyList<Transcript> Read(string path)
    {
        var steps = new List<Transcript>();
        string margin = new(' ', Indent);
        string? line = null;
        var output = new List<string>();
        foreach (string text in File.ReadAllLines(path).Append(Prompt))
        {
            bool inside = text.Length == 0 || text.StartsWith(margin, StringComparison.Ordinal);
            bool prompt = text.StartsWith(margin + Prompt, StringComparison.Ordinal);
            if (line is not null && (prompt || !inside))
            {
                steps.Add(new Transcript(line, Tidy(output)));
                line = null;
            }
            if (prompt)
            {
                line = text[(Indent + Prompt.Length)..];
                output.Clear();
            }
            else if (line is not null && output.Count == 0 && text.StartsWith(margin + Continuation, StringComparison.Ordinal))
            {
                line += "\n" + text[(Indent + Continuation.Length)..];
            }
            else if (line is not null)
            {
                output.Add(text.Length == 0 ? text : text[Indent..]);
            }
        }
        return steps;
    }

    /// <summary>Types the line in a session and returns what it prints, warnings and errors after it.</summary>
    public string Run(EngineSession session)
    {
        EngineResult result = session.Collect(
            "param($line, $width) . ([scriptblock]::Create($line)) | Out-String -Width $width",
            Line,
            Width
        );
        return Tidy(
            string.Concat(result.Output)
                .Split('\n')
                .Concat(result.Warnings.Select(warning => $"WARNING: {warning}"))
                .Concat(result.Errors.Select(error => error.ToString()))
        );
    }

    private static string Tidy(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.TrimEnd())).Trim('\n', '\r');
}
