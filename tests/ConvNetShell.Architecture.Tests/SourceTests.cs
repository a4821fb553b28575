using System.Text.RegularExpressions;

namespace ConvNetShell.Architecture.Tests;

/// <summary>The source tree: small files, one type in each, named after it.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 250;

    public static TheoryData<string> Projects =>
        [
            .. Directory
                .GetDirectories(Path.Combine(BuiltAssembly.Root, "src"))
                .Select(folder => Path.GetFileName(folder)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_file_is_long(string project) =>
        Assert.DoesNotContain(Sources(Path.Combine("src", project)), file => File.ReadLines(file).Count() > MostLines);

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_file_has_one_type_and_its_name(string project)
    {
        int found = 0;
        foreach (string file in Sources(Path.Combine("src", project)))
        {
            string[] types = [.. TopLevelType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)];

            found += types.Length;
            Assert.True(types.Length <= 1, $"{file}: {string.Join(", ", types)}");
            Assert.True(types.Length == 0 || types[0] == Path.GetFileName(file).Split('.')[0], $"{file}: {string.Join(", ", types)}");
        }

        Assert.NotEqual(0, found);
    }

    [Fact]
    public void There_is_no_source_beside_the_projects() =>
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(BuiltAssembly.Root, "src"), "*.cs"));

    [Fact]
    public void No_line_is_longer_than_140_characters() =>
        Assert.Empty(
            new[] { "src", "tests" }
                .SelectMany(Sources)
                .SelectMany(file => File.ReadLines(file).Select((line, index) => (Line: line, At: $"{file}:{index + 1}")))
                .Where(line => line.Line.Length > 140)
                .Select(line => line.At)
        );

    private static IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(BuiltAssembly.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !BuildFolder().IsMatch(file));

    [GeneratedRegex(
        @"^(?:\[[^\n]*\]\s*)?(?:public|internal) (?:(?:static|sealed|abstract|readonly|partial|ref) )*"
            + @"(?:class|record struct|record class|record|struct|interface|enum|delegate \S+) (?<name>\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"[\\/](?:bin|obj)[\\/]")]
    private static partial Regex BuildFolder();
}
