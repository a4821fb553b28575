using System.Text.Json;

namespace ConvNetShell.Pester.Tests;

/// <summary>Reads the lines that tests/Pester/Invoke-Suite.ps1 writes.</summary>
internal static class SuiteReport
{
    /// <summary>Returns the tests, and a failure for each part of the run that is missing or is not as asked.</summary>
    public static IEnumerable<PesterTest> Read(IEnumerable<string> lines, Condition condition, string ending)
    {
        string? current = null;
        bool started = false,
            ended = false;
        foreach (string line in lines)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.TryGetProperty("pester", out JsonElement pester))
            {
                started = true;
                string found =
                    $"{pester}, {root.GetProperty("culture")}, strict {root.GetProperty("strict")}, "
                    + $"{root.GetProperty("loaded").GetArrayLength()} loaded";
                string expected =
                    $"{condition.Pester}, {condition.Culture ?? root.GetProperty("culture").ToString()}, strict "
                    + $"{condition.Strict}, {condition.Assemblies.Count} loaded";
                yield return new PesterTest(
                    "Invoke-Suite",
                    "The process is as it was asked for",
                    found == expected ? "Passed" : "Failed",
                    $"Expected {expected}. Received: {found}."
                );
            }
            else if (root.TryGetProperty("start", out JsonElement start))
            {
                current = start.GetString();
            }
            else if (root.TryGetProperty("end", out _))
            {
                ended = true;
            }
            else
            {
                yield return new PesterTest(Text("file"), Text("name"), Text("result"), Text("text"));
            }
            string Text(string name) => root.GetProperty(name).GetString()!;
        }
        if (!started || !ended)
        {
            yield return PesterTest.Failure(current ?? "Invoke-Suite", "(the process)", $"PowerShell ended before the suite did. {ending}");
        }
    }

    /// <summary>Returns one row a test. Names are unique: a second test of the same name has #2 behind it.</summary>
    public static IReadOnlyList<TheoryDataRow<PesterTest>> ToRows(IEnumerable<PesterTest> tests)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<TheoryDataRow<PesterTest>>();
        foreach (PesterTest test in tests)
        {
            string label = $"{test.File}: {test.Name}";
            int count = seen[label] = seen.GetValueOrDefault(label) + 1;
            rows.Add(
                new TheoryDataRow<PesterTest>(test)
                {
                    Label = count == 1 ? label : $"{label} #{count}",
                    Skip = test.Result == "Skipped" ? (test.Text.Length > 0 ? test.Text : "no reason given") : null,
                }
            );
        }
        return rows;
    }
}
