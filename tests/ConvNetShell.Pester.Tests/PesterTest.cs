namespace ConvNetShell.Pester.Tests;

/// <summary>One test as Pester ran it.</summary>
/// <param name="File">The test file's name without .Tests.ps1.</param>
/// <param name="Name">The names of its blocks and its own.</param>
/// <param name="Result">Passed, Failed or Skipped; everything else is a failure.</param>
/// <param name="Text">Errors, or the reason for which it was skipped.</param>
public sealed record PesterTest(string File, string Name, string Result, string Text)
{
    /// <summary>A failure of the run itself.</summary>
    public static PesterTest Failure(string file, string name, string text) => new(file, name, "Failed", text);

    /// <summary>Fails as the test failed.</summary>
    public void Check() => Assert.True(Result == "Passed", $"{File}: {Name}: {Result}\n{Text}");
}
