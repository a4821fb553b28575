using System.Text;
using System.Text.Json;
using ConvNetShell.Display.Files;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>The cells that were run, over all sessions: a file with a JSON object a line, which keeps the last of them.</summary>
internal sealed class HistoryStore
{
    private const int Most = 10_000;
    private readonly List<HistoryEntry> entries = [];
    private readonly string? path;

    /// <param name="path">The file; null keeps nothing over restarts.</param>
    public HistoryStore(string? path)
    {
        this.path = path;
        Session = 1;
        try
        {
            Load();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            this.path = null; // without a writable folder, history does not survive restarts
        }
    }

    /// <summary>This session's number.</summary>
    public int Session { get; private set; }

    /// <summary>The cells, the oldest first.</summary>
    public IReadOnlyList<HistoryEntry> Entries => entries;

    /// <summary>Where the history is kept.</summary>
    public static string StandardPath =>
        Environment.GetEnvironmentVariable("CONVNETSHELL_HISTORY") is { Length: > 0 } named
            ? named
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
                "ConvNetShell",
                "kernel-history.jsonl"
            );

    /// <summary>Adds a cell.</summary>
    public void Add(int line, string source, string? output)
    {
        var entry = new HistoryEntry(Session, line, source, output);
        entries.Add(entry);
        if (entries.Count > 2 * Most)
        {
            entries.RemoveRange(0, Most);
        }

        if (this.path is null)
        {
            return;
        }

        try
        {
            File.AppendAllText(this.path, JsonSerializer.Serialize(entry) + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another kernel writes at this moment, or the disk is full: the cell counts more than its history.
        }
    }

    private void Load()
    {
        if (this.path is null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(this.path))!);
        if (!File.Exists(this.path))
        {
            return;
        }

        string[] lines = File.ReadAllLines(this.path);
        foreach (string line in lines.TakeLast(Most))
        {
            try
            {
                if (JsonSerializer.Deserialize<HistoryEntry>(line) is { Source: not null } entry)
                {
                    entries.Add(entry);
                }
            }
            catch (JsonException)
            {
                // A line that was cut short when its kernel died.
            }
        }

        Session = entries.Select(entry => entry.Session).DefaultIfEmpty(0).Max() + 1;
        if (lines.Length > 2 * Most)
        {
            string kept = string.Concat(lines.TakeLast(Most).Select(line => line + "\n"));
            AtomicFile.Write(this.path, Encoding.UTF8.GetBytes(kept));
        }
    }
}
