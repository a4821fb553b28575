using System.Text;
using System.Text.RegularExpressions;
using ConvNetShell.Display.Errors;

namespace ConvNetShell.Core.Tests.Errors;

/// <summary>The catalog has every error id of the code, the help topic has the catalog, and tests provoke the errors.</summary>
public sealed partial class ErrorCatalogTests
{
    // What no test provokes yet, because it needs a broken machine or a file that nothing here can write.
    private static readonly string[] NotProvoked =
    [
        "Checkpoint.DataNotFound",
        "Checkpoint.NoHashes",
        "Checkpoint.Unreadable",
        "Data.WrongType",
        "Kernel.NoEnvironment",
        "Kernel.NotRemoved",
        "Layer.TooLarge",
        "Memory.Short",
        "Network.NonFinite",
        "NetworkFile.TooLarge",
        "NetworkFile.Truncated",
        "NetworkFile.Unreadable",
        "Run.Unreadable",
        "Slurm.Silent",
        "Slurm.WorkerFailed",
        "Storage.Link",
        "Sweep.Failed",
        "Sweep.Unreadable",
        "Torch.Failed",
        "Training.JobFailed",
    ];

    // Ids of Test-Network's findings, which are objects and no errors.
    private static readonly string[] Findings = ["Network.Empty"];

    private static readonly string Root = Path.GetFullPath(
        Path.Combine((string)AppContext.GetData("ConvNetShell.NativeFolder")!, "..", "..")
    );

    private static readonly string[] Kinds = [.. ErrorCatalog.All.Select(entry => entry.Id.Split('.')[0]).Distinct()];

    [Fact]
    public void It_has_every_id_of_the_code_and_no_other()
    {
        var inCode = Sources("src", ".cs")
            .Where(file => !file.EndsWith("ErrorCatalog.cs", StringComparison.Ordinal))
            .SelectMany(File.ReadLines)
            .Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal))
            .SelectMany(line => Id().Matches(line).Select(match => match.Groups["id"].Value))
            .Where(id => Kinds.Contains(id.Split('.')[0]) && !Findings.Contains(id))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(inCode, ErrorCatalog.All.Select(entry => entry.Id));
    }

    [Fact]
    public void The_help_topic_has_the_list_of_the_errors()
    {
        string topic = File.ReadAllText(Path.Combine(Root, "module", "en-US", "about_ConvNetShell_Troubleshooting.help.txt"));
        var list = new StringBuilder();
        foreach (ErrorEntry entry in ErrorCatalog.All)
        {
            list.Append($"      {entry.Id}\n").Append(TopicText.Wrap($"{entry.Meaning} Try: {entry.Advice}", "          "));
        }

        Assert.True(
            topic.Contains(list.ToString(), StringComparison.Ordinal),
            $"about_ConvNetShell_Troubleshooting must have this list:\n{list}"
        );
    }

    [Fact]
    public void Tests_provoke_the_errors()
    {
        string tests = string.Join(
            '\n',
            Sources("tests", ".cs")
                .Concat(Sources("tests", ".ps1"))
                .Where(file => Path.GetFileName(file) != "ErrorCatalogTests.cs")
                .Select(File.ReadAllText)
        );

        Assert.Equal(
            NotProvoked,
            ErrorCatalog.All.Select(entry => entry.Id).Where(id => !Regex.IsMatch(tests, Regex.Escape(id) + @"(?!\w)"))
        );
    }

    private static IEnumerable<string> Sources(string folder, string extension) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), $"*{extension}", SearchOption.AllDirectories)
            .Where(file => !BuildFolder().IsMatch(file));

    [GeneratedRegex("\"(?<id>[A-Z][A-Za-z]+\\.[A-Z][A-Za-z]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex(@"[\\/](?:bin|obj)[\\/]")]
    private static partial Regex BuildFolder();
}
