namespace ConvNetShell.Host.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void The_rest_after_command_is_one_script()
    {
        CommandLine line = CommandLine.Parse(["-NoLogo", "-noprofile", "-c", "1", "+", "-NoModule"]);

        Assert.Equal("1 + -NoModule", line.Command);
        Assert.False(line.NoModule);
    }

    [Theory]
    [InlineData("-File", "a.ps1", "-x", "1")]
    [InlineData("a.ps1", "-x", "1")]
    public void A_file_takes_the_rest_as_its_arguments(params string[] words)
    {
        CommandLine line = CommandLine.Parse(words);

        Assert.Equal("a.ps1", line.File);
        Assert.Equal(["-x", "1"], line.Arguments);
    }

    [Theory]
    [InlineData("-NoSuchOption")]
    [InlineData("-Command")]
    [InlineData("-File")]
    public void A_wrong_line_names_the_word(string word) =>
        Assert.Contains(word, Assert.Throws<ArgumentException>(() => CommandLine.Parse([word])).Message, StringComparison.Ordinal);
}
