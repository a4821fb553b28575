using System.Globalization;
using System.Text.Json;

namespace ConvNetShell.Module.Tests.Support;

/// <summary>Reads a sweep's folder without the module.</summary>
/// <param name="path">The folder.</param>
internal sealed class SweepFiles(string path)
{
    /// <summary>The results of the trials that have ended, in order.</summary>
    public JsonElement[] Results => [.. Ended().Select(Read)];

    /// <summary>The objectives of the trials that have ended, in order.</summary>
    public double[] Objectives => [.. Results.Select(result => result.GetProperty("Objective").GetDouble())];

    /// <summary>The losses of all epochs, a line a trial.</summary>
    public string[] Histories =>
        [
            .. Ended()
                .Select(result => Path.Combine(Path.GetDirectoryName(result)!, "run", "history.jsonl"))
                .Select(file =>
                    string.Join(
                        ' ',
                        File.ReadLines(file)
                            .Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("TrainLoss").GetDouble())
                            .Select(loss => loss.ToString("R", CultureInfo.InvariantCulture))
                    )
                ),
        ];

    /// <summary>The claims so far, with the process of each.</summary>
    public (string Claim, int Process)[] Claims() =>
        [
            .. Find("claim-*")
                .Where(file => Path.GetExtension(file).Length == 0)
                .Select(file => (file, Read(file).GetProperty("Process").GetProperty("Id").GetInt32())),
        ];

    private static JsonElement Read(string file) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(file));

    private string[] Ended() => Find("result.json");

    private string[] Find(string pattern) =>
        Directory.Exists(Path.Combine(path, "trials"))
            ? [.. Directory.GetFiles(Path.Combine(path, "trials"), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];
}
