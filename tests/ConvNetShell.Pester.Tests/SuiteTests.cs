namespace ConvNetShell.Pester.Tests;

/// <summary>The runner itself: nothing that goes wrong in a test file is silent.</summary>
[Trait("Speed", "Slow")]
public sealed class SuiteTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("cnsh-suite-").FullName;

    public SuiteTests()
    {
        Directory.CreateDirectory(Path.Combine(root, "tests", "Pester"));
        File.Copy(
            Path.Combine(Settings.Root, "tests", "Pester", "Invoke-Suite.ps1"),
            Path.Combine(root, "tests", "Pester", "Invoke-Suite.ps1")
        );
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Each_test_is_a_row_and_each_failure_is_one()
    {
        Write(
            "A",
            "Describe 'd' { It 'passes' { 1 | Should -Be 1 }; It 'fails' { 1 | Should -Be 2 }; It 'is skipped' { Set-ItResult "
                + "-Skipped -Because 'of rain' }; It 'passes' { } }"
        );
        Write("B", "Describe 'd' { BeforeAll { throw 'no setup' }; It 'i' { } }");
        Write("C", "Describe 'd' { It 'i' { } ");
        Write("D", "# nothing");

        IReadOnlyList<TheoryDataRow<PesterTest>> rows = await Suite.RunAsync(Condition);

        Assert.Equal(
            [
                "Invoke-Suite: The process is as it was asked for Passed",
                "A: d.passes Passed",
                "A: d.fails Failed",
                "A: d.is skipped Skipped",
                "A: d.passes #2 Passed",
                "B: d.i Failed",
                "B: d (BeforeAll or AfterAll) Failed",
                "C: (the file) Failed",
                "D: (the file) Failed",
            ],
            rows.Select(row => $"{row.Label} {row.Data.Result}")
        );
        Assert.Contains("Expected 2, but got 1", rows[2].Data.Text, StringComparison.Ordinal);
        Assert.Equal("of rain", rows[3].Skip);
        Assert.Contains("no setup", rows[6].Data.Text, StringComparison.Ordinal);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(rows[2].Data.Check);
    }

    [Fact]
    public async Task A_process_that_ends_early_is_a_failure_of_its_file()
    {
        Write("A", "Describe 'd' { It 'i' { } }");
        Write("B", "Describe 'd' { It 'i' { [System.Environment]::Exit(3) } }");

        IReadOnlyList<TheoryDataRow<PesterTest>> rows = await Suite.RunAsync(Condition);

        Assert.Equal(["A: d.i Passed", "B: (the process) Failed"], rows.Skip(1).Select(row => $"{row.Label} {row.Data.Result}"));
        Assert.Contains("exit code: 3", rows[^1].Data.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_PowerShell_the_command_to_type_is_named() =>
        Assert.Contains(
            "dotnet tool restore",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => Suite.CheckPowerShellAsync(root))).Message,
            StringComparison.Ordinal
        );

    private Condition Condition => new() { Pester = Settings.PesterVersion, Root = root };

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(root, "tests", "Pester", name + ".Tests.ps1"), text);
}
