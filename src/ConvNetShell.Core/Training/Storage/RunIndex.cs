using ConvNetShell.Display.Files;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>
/// The summaries of a folder's runs in one file, each with the time of change of its run.json. It is a cache: it may be deleted, and a
/// damaged one is made again.
/// </summary>
internal static class RunIndex
{
    /// <summary>The file's name.</summary>
    public const string FileName = ".runs.index";

    private const string Mark = "ConvNetShell runs 1";

    /// <summary>Reads the index.</summary>
    /// <returns>Each run's summary by the name of its folder; empty where there is no index of this version.</returns>
    public static Dictionary<string, (DateTime Changed, RunSummary Summary)> Read(string folder)
    {
        var known = new Dictionary<string, (DateTime, RunSummary)>(StringComparer.Ordinal);
        string path = Path.Combine(folder, FileName);
        try
        {
            if (File.Exists(path))
            {
                using var reader = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)));
                for (int left = reader.ReadString() == Mark ? reader.ReadInt32() : 0; left > 0; left--)
                {
                    string id = reader.ReadString();
                    known[id] = (new DateTime(reader.ReadInt64(), DateTimeKind.Utc), RunSummary.Read(reader));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            known.Clear(); // all is read from the runs
        }
        return known;
    }

    /// <summary>Writes the index; where the folder cannot be written, the next list is slower and nothing else.</summary>
    public static void Write(string folder, IReadOnlyDictionary<string, (DateTime Changed, RunSummary Summary)> known)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write(Mark);
        writer.Write(known.Count);
        foreach ((string id, (DateTime changed, RunSummary summary)) in known)
        {
            writer.Write(id);
            writer.Write(changed.Ticks);
            summary.Write(writer);
        }
        try
        {
            AtomicFile.Write(Path.Combine(folder, FileName), content.ToArray());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A read-only folder of runs can still be listed.
        }
    }
}
