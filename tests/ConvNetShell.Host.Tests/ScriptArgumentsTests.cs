namespace ConvNetShell.Host.Tests;

public sealed class ScriptArgumentsTests
{
    [Theory]
    [InlineData(new[] { "a", "-5" }, new[] { "=a", "=-5" })]
    [InlineData(new[] { "-Epochs", "10" }, new[] { "-Epochs=", "=10" })]
    [InlineData(new[] { "-Epochs:10" }, new[] { "-Epochs=10" })]
    [InlineData(new[] { "-Epochs:", "10" }, new[] { "-Epochs=10" })]
    [InlineData(new[] { "-Quiet:$false" }, new[] { "-Quiet=False" })]
    public void Parse(string[] words, string[] expected) =>
        Assert.Equal(expected, ScriptArguments.Parse(words).Select(parameter => $"{parameter.Name}={parameter.Value}"));
}
