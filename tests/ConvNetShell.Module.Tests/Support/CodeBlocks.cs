namespace ConvNetShell.Module.Tests.Support;

/// <summary>The lines to type in a document: indented blocks, without the output below a prompt.</summary>
internal static class CodeBlocks
{
    private const string Prompt = "PS> ",
        Continuation = ">> ";

    // What is typed into other programs: a shell, Python.
    private static readonly string[] OtherPrompts = ["$ ", ">>> "];

    /// <summary>Returns the blocks of a document as scripts.</summary>
    /// <param name="path">The document.</param>
    /// <param name="indent">The indent of a block's first line.</param>
    public static IReadOnlyList<string> Read(string path, int indent)
    {
        var blocks = new List<string>();
        var block = new List<string>();
        string margin = new(' ', indent);
        foreach (string line in File.ReadAllLines(path).Append("end"))
        {
            bool isInside = line.StartsWith(margin, StringComparison.Ordinal);
            if (isInside && (block.Count > 0 || line[indent] != ' ') || line.Length == 0 && block.Count > 0)
            {
                block.Add(isInside ? line[indent..] : line);
            }
            else if (block.Count > 0)
            {
                blocks.Add(string.Join('\n', Typed(block)));
                block.Clear();
            }
        }
        return [.. blocks.Where(text => text.Trim().Length > 0)];
    }

    private static IEnumerable<string> Typed(IReadOnlyList<string> block) =>
        block.Any(line => line.StartsWith(Prompt, StringComparison.Ordinal))
            ? block
                .Where(line => line.StartsWith(Prompt, StringComparison.Ordinal) || line.StartsWith(Continuation, StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])
            : block.Where(line => !OtherPrompts.Any(prompt => line.StartsWith(prompt, StringComparison.Ordinal)));
}
