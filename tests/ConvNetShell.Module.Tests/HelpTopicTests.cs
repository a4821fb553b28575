using ConvNetShell.Module.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Module.Tests;

/// <summary>What the help topics show after a prompt is what a user gets who types it.</summary>
public sealed class HelpTopicTests(ModuleFixture module)
{
    private const string Lecture = "about_ConvNetShell_Lecture.help.txt";
    private const int Columns = 80;

    private static readonly string[] Parts = ["TOPIC", "SHORT DESCRIPTION", "LONG DESCRIPTION", "SEE ALSO"];

    public static TheoryData<string> Topics =>
        [.. Directory.GetFiles(Path.Combine(ModulePaths.Root, "module", "en-US"), "*.help.txt").Select(path => Path.GetFileName(path))];

    [Theory, MemberData(nameof(Topics))]
    public void Every_line_gives_what_the_topic_shows(string topic)
    {
        using var folder = new TempFolder();
        using EngineSession session = ModuleFixture.NewSession();
        session.Invoke("param($folder) Set-Location $folder", folder.Path);
        var transcript = Transcript.Read(TopicPath(topic));

        Assert.NotEmpty(transcript);
        foreach (Transcript step in transcript)
        {
            Assert.Equal($"{topic}\nPS> {step.Line}\n{step.Output}", $"{topic}\nPS> {step.Line}\n{step.Run(session)}");
        }
    }

    [Theory, MemberData(nameof(Topics))]
    public void Get_Help_finds_the_topic(string topic)
    {
        using EngineSession session = ModuleFixture.NewSession();
        string name = topic[..topic.IndexOf('.', StringComparison.Ordinal)];

        Assert.Contains(
            name,
            Assert.Single(session.Invoke("param($name) Get-Help $name | Out-String", name)).ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory, MemberData(nameof(Topics))]
    public void Its_text_fits_a_terminal(string topic) =>
        Assert.All(
            File.ReadAllLines(TopicPath(topic)).Where(line => topic != Lecture || !line.Contains("PS> ", StringComparison.Ordinal)),
            line => Assert.True(line.Length <= (topic == Lecture ? Transcript.Width + Transcript.Indent : Columns), line)
        );

    [Theory, MemberData(nameof(Topics))]
    public void Its_lines_use_cmdlets_and_parameters_that_exist(string topic) =>
        Assert.All(CodeBlocks.Read(TopicPath(topic), Transcript.Indent), block => module.AssertCommandsExist(block));

    [Theory, MemberData(nameof(Topics))]
    public void It_has_the_parts_of_a_topic_and_names_cmdlets_and_topics_that_exist(string topic)
    {
        string[] lines = File.ReadAllLines(TopicPath(topic));

        Assert.Equal(
            Parts,
            lines.Where(line => line.Length > 0 && line[0] != ' ').Where(Parts.Contains) // examples are among the text of some
        );
        Assert.All(
            lines.SkipWhile(line => line != Parts[^1]).Skip(1).Where(line => line.Length > 0).Select(line => line.Trim()),
            name =>
                Assert.True(
                    name.StartsWith("about_", StringComparison.Ordinal)
                        ? File.Exists(TopicPath($"{name}.help.txt"))
                        : module.AssertCommandsExist(name).Count == 1,
                    name
                )
        );
    }

    private static string TopicPath(string topic) => Path.Combine(ModulePaths.Root, "module", "en-US", topic);
}
