using System.Management.Automation;
using ConvNetShell.Host;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>The stand-in for Pester: it must fail what fails there, and refuse what it does not know.</summary>
public sealed class PesterStandInTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("1 | Should -Be 1")]
    [InlineData("'a' | Should -Be 'A'; 'a' | Should -Not -BeExactly 'A'")]
    [InlineData("1, 2 | Should -Be 1, 2; @(1, 2) | Should -Contain 2; 2 | Should -BeIn 1, 2; 1, 2 | Should -HaveCount 2")]
    [InlineData("2 | Should -BeGreaterThan 1; 1 | Should -BeLessThan 2; 2 | Should -BeGreaterOrEqual 2; 2 | Should -BeLessOrEqual 2")]
    [InlineData("$null | Should -BeNullOrEmpty; '' | Should -BeNullOrEmpty; @() | Should -BeNullOrEmpty; 0 | Should -Not -BeNullOrEmpty")]
    [InlineData("$true | Should -BeTrue; $false | Should -BeFalse; 'abc' | Should -Match '^a'; 'abc' | Should -BeLike 'a*'")]
    [InlineData("5 | Should -BeOfType ([int]); '/' | Should -Exist; '/no/such' | Should -Not -Exist")]
    [InlineData("{ throw 'bad thing' } | Should -Throw; { throw 'bad thing' } | Should -Throw 'bad*'; { 1 } | Should -Not -Throw")]
    [InlineData("{ Write-Error x -ErrorId My.Id -ErrorAction Stop } | Should -Throw -ErrorId 'My.Id*'")]
    public void What_is_true_passes(string body) => Assert.Equal(["Passed"], Results(body));

    [Theory]
    [InlineData("1 | Should -Be 2")]
    [InlineData("1 | Should -Not -Be 1")]
    [InlineData("1, 2 | Should -Be 1")]
    [InlineData("1, 2 | Should -Be 2, 1")]
    [InlineData("'a' | Should -BeExactly 'A'")]
    [InlineData("$null | Should -Be 0")]
    [InlineData("1 | Should -BeGreaterThan 1")]
    [InlineData("1 | Should -BeLessThan 1")]
    [InlineData("$null | Should -BeLessThan 1")] // what is missing is not small
    [InlineData("0, 5 | Should -BeGreaterThan 4")] // a list is not compared item by item
    [InlineData("1 | Should -BeNullOrEmpty")]
    [InlineData("$null | Should -Not -BeNullOrEmpty")]
    [InlineData("$false | Should -BeTrue")]
    [InlineData("'abc' | Should -Match 'x'")]
    [InlineData("1, 2 | Should -Contain 3")]
    [InlineData("1, 2 | Should -HaveCount 3")]
    [InlineData("5 | Should -BeOfType ([string])")]
    [InlineData("'/no/such' | Should -Exist")]
    [InlineData("{ 1 } | Should -Throw")]
    [InlineData("{ throw 'a' } | Should -Throw 'b*'")]
    [InlineData("{ throw 'a' } | Should -Throw -ErrorId 'b'")]
    [InlineData("{ throw 'a' } | Should -Not -Throw")]
    [InlineData("'text' | Should -Throw")]
    [InlineData("throw 'a'")]
    [InlineData("NoSuchCommand")]
    [InlineData("1 | Should")] // no operator
    [InlineData("1 | Should -Be 1 -BeTrue")] // two
    [InlineData("1 | Should -BeUnknown 1")]
    [InlineData("1 | Should -Be 1 -Unknown")]
    [InlineData("Mock Get-Date { 1 }")]
    [InlineData("It 'inside' { }")]
    [InlineData("BeforeAll { }")]
    public void What_is_not_true_or_not_known_fails(string body) => Assert.Equal(["Failed"], Results(body));

    [Theory]
    [InlineData("Describe 'd' { InModuleScope x { } }")]
    [InlineData("Describe 'd' -Unknown { }")]
    [InlineData("Describe 'd' { It 'i' -Unknown { } }")]
    [InlineData("BeforeDiscovery { }")]
    [InlineData("Describe 'd' { It 'i' -TestCases @() { } }")]
    [InlineData("Describe 'd' { } }")]
    public void A_file_with_an_unknown_block_or_parameter_fails(string file) => Assert.Equal(["Failed"], Run(file + "\nDescribe 'after' { It 'passes' { } }").Select(result => result.Result));

    [Theory]
    [InlineData("Describe 'd' { BeforeAll { throw 'x' }\n It 'a' { }\n It 'b' { }\n Context 'c' { It 'd' { } } }", "Failed Failed Failed")]
    [InlineData("BeforeAll { throw 'x' }\n Describe 'd' { It 'a' { } }", "Failed")]
    [InlineData("Describe 'd' { BeforeEach { throw 'x' }\n It 'a' { } }", "Failed")]
    [InlineData("Describe 'd' { AfterEach { throw 'x' }\n It 'a' { } }", "Failed")]
    [InlineData("Describe 'd' { AfterAll { throw 'x' }\n It 'a' { } }", "Passed Failed")]
    [InlineData("Describe 'd' { It 'a' -Skip { throw 'x' }\n It 'b' -Skip:$false { } }", "Skipped Passed")]
    [InlineData("Describe 'd' -Skip { BeforeAll { throw 'x' }\n It 'a' { throw 'x' }\n Context 'c' { It 'b' { } } }", "Skipped Skipped")]
    [InlineData("Describe 'd' { It 'a' -TestCases @{ n = 1 }, @{ n = 2 } { param($n) $n | Should -Be 1 } }", "Passed Failed")]
    [InlineData("Describe 'd' { It 'a' -ForEach 1, 2 { $_ | Should -Be 2 } }", "Failed Passed")]
    [InlineData("Describe 'd' { BeforeAll { $result = 5; $path = 6; $test = 7 }\n It 'a' { }\n It 'b' { $result + $path + $test | Should -Be 18 } }", "Passed Passed")]
    [InlineData("Describe 'd' { BeforeAll { $x = 1 }\n BeforeEach { $y = $x + 1 }\n It 'a' { $y | Should -Be 2; $x = 9 }\n Context 'c' { BeforeAll { $z = $x }\n It 'b' { $z | Should -Be 1 } } }", "Passed Passed")]
    public void Blocks_run_in_Pesters_order_and_scope(string file, string results) => Assert.Equal(results, string.Join(' ', Run(file).Select(result => result.Result)));

    [Fact]
    public void Names_of_cases_are_filled_in() => Assert.Equal(
        ["d / c / 1 and two", "d / c / <other> 3"],
        Run("Describe 'd' { Context 'c' { It '<a> and <b>' -TestCases @{ a = 1; b = 'two' } { }\n It '<other> <_>' -ForEach 3 { } } }").Select(result => result.Name));

    [Fact]
    public void It_is_small() => Assert.InRange(File.ReadAllLines(ModulePaths.StandIn).Length, 1, 200);

    private string[] Results(string body) => [.. Run($"Describe 'd' {{ It 'i' {{ {body} }} }}").Select(result => result.Result)];

    private (string Name, string Result)[] Run(string file)
    {
        string path = folder["Sample.Tests.ps1"];
        File.WriteAllText(path, file);
        using var session = EngineSession.Create(new EngineSessionOptions { WorkingDirectory = folder.Path });
        EngineResult result = session.Collect("param($standIn, $path) . $standIn; Invoke-StandIn $path", ModulePaths.StandIn, path);

        Assert.False(result.Terminated, string.Join('\n', result.Errors));
        return [.. result.Output.Select(item => ((string)item.Properties["Name"].Value, (string)item.Properties["Result"].Value))];
    }
}
