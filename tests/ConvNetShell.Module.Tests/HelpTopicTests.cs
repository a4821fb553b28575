using ConvNetShell.Module.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Module.Tests;

/// <summary>What the help topics show after a prompt is what a user gets who types it.</summary>
public sealed class HelpTopicTests
{
    public static TheoryData<string> Topics =>
        [.. Directory.GetFiles(Path.Combine(ModulePaths.Root, "module", "en-US"), "*.help.txt").Select(path => Path.GetFileName(path))];

    [Theory, MemberData(nameof(Topics))]
    public void Every_line_gives_what_the_topic_shows(string topic)
    {
        using var folder = new TempFolder();
        using EngineSession session = ModuleFixture.NewSession();
        session.Invoke("param($folder) Set-Location $folder", folder.Path);
        var transcript = Transcript.Read(Path.Combine(ModulePaths.Root, "module", "en-US", topic));

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
            File.ReadAllLines(Path.Combine(ModulePaths.Root, "module", "en-US", topic))
                .Where(line => !line.Contains("PS> ", StringComparison.Ordinal)),
            line => Assert.True(line.Length <= Transcript.Width + Transcript.Indent, line)
        );
}
