using System.Text.RegularExpressions;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>The README is short, names every cmdlet and topic, and its lines and links lead somewhere.</summary>
public sealed partial class ReadmeTests(ModuleFixture module)
{
    private const int MostLines = 200;
    private const int Indent = 4;

    // The last two are cmdlets of PowerShell's that this engine lacks; PackageTests runs them.
    private static readonly string[] Programs = ["cnsh", "dotnet", "jupyter", "Register-PSResourceRepository", "Install-PSResource"];
    private static readonly string Readme = Path.Combine(ModulePaths.Root, "README.md");

    public static TheoryData<string> Pages =>
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "tests/ConvNetShell.Benchmark/README.md"];

    [Fact]
    public void It_is_short() => Assert.InRange(File.ReadLines(Readme).Count(), 1, MostLines);

    [Fact]
    public void Its_table_has_every_cmdlet_and_nothing_else()
    {
        string text = File.ReadAllText(Readme);
        int start = text.IndexOf("\n## Cmdlets\n", StringComparison.Ordinal);
        string table = text[start..text.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];

        Assert.Equal(
            ManifestTests.CmdletNames.Select(row => row.Data).Order(StringComparer.Ordinal),
            TableCmdlet().Matches(table).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void It_names_every_help_topic()
    {
        string text = File.ReadAllText(Readme);

        Assert.All(
            HelpTopicTests.Topics.Select(row => row.Data),
            topic => Assert.Contains($"Get-Help {topic[..topic.IndexOf('.', StringComparison.Ordinal)]}`", text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Its_lines_use_cmdlets_and_parameters_that_exist()
    {
        IReadOnlyList<string> blocks = CodeBlocks.Read(Readme, Indent);

        Assert.True(blocks.Count > 8, $"only {blocks.Count} blocks were found");
        Assert.All(blocks, block => module.AssertCommandsExist(block, Programs));
    }

    [Theory, MemberData(nameof(Pages))]
    public void A_pages_links_and_pictures_exist(string page)
    {
        string path = Path.Combine(ModulePaths.Root, page);
        string[] links =
        [
            .. Link()
                .Matches(File.ReadAllText(path))
                .Select(match => match.Groups["target"].Value)
                .Where(target => !target.StartsWith("https://", StringComparison.Ordinal)),
        ];

        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, link)), link));
    }

    [GeneratedRegex(@"`(?<name>[A-Z][A-Za-z]+-[A-Z][A-Za-z]+)`")]
    private static partial Regex TableCmdlet();

    [GeneratedRegex(@"\]\((?<target>[^)#]+)\)")]
    private static partial Regex Link();
}
