using System.Diagnostics;
using System.Management.Automation;
using ConvNetShell.Host;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>The acceptance suite in tests/Pester: by Pester in pwsh where the machine has both, else in the engine by the stand-in.</summary>
public sealed class PesterTests
{
    private static readonly Lazy<bool> HasPester = new(() => InPwsh(
        "$v = $PSVersionTable.PSVersion; if ($v.Major * 100 + $v.Minor -ge 706 -and (Get-Module Pester -ListAvailable | Where-Object Version -ge 5.0)) { exit 0 } else { exit 1 }") is (0, _));

    public static TheoryData<string> Files => [.. Directory.GetFiles(ModulePaths.Pester, "*.Tests.ps1").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_test_of_the_file_passes(string file)
    {
        string path = Path.Combine(ModulePaths.Pester, file);
        (string runner, string[] passed, string[] failed, string[] skipped) = HasPester.Value ? ByPester(path) : ByStandIn(path);

        TestContext.Current.SendDiagnosticMessage(
            "{0}: run by {1}: {2} passed, {3} failed, {4} skipped", file, runner, passed.Length, failed.Length, skipped.Length);
        Assert.Empty(failed);
        Assert.NotEmpty(passed);
    }

    private static (string Runner, string[] Passed, string[] Failed, string[] Skipped) ByStandIn(string path)
    {
        using EngineSession session = ModuleFixture.NewSession();
        EngineResult result = session.Collect("param($standIn, $path) . $standIn; Invoke-StandIn $path", ModulePaths.StandIn, path);
        Assert.False(result.Terminated, string.Join('\n', result.Errors));

        string[] Of(string kind) => [.. result.Output.Where(item => kind.Equals(item.Properties["Result"].Value))
            .Select(item => $"{item.Properties["Name"].Value} {item.Properties["Message"].Value}")];
        return ("the stand-in (pwsh 7.6 with Pester 5 or later was not found)", Of("Passed"), Of("Failed"), Of("Skipped"));
    }

    private static (string Runner, string[] Passed, string[] Failed, string[] Skipped) ByPester(string path)
    {
        (int code, string output) = InPwsh($$"""
            Import-Module Pester -MinimumVersion 5.0
            $run = Invoke-Pester -Path '{{path.Replace("'", "''", StringComparison.Ordinal)}}' -PassThru -Output None
            "Version $((Get-Module Pester).Version)"
            foreach ($test in $run.Tests) { "$($test.Result) $($test.ExpandedPath) $($test.ErrorRecord -join ' ' -replace '\s+', ' ')" }
            foreach ($broken in $run.FailedContainers + $run.FailedBlocks) { "Failed $($broken.Name) $($broken.ErrorRecord -join ' ' -replace '\s+', ' ')" }
            exit 0
            """) ?? throw new InvalidOperationException("pwsh has gone.");
        Assert.True(code == 0, output);

        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] Of(string kind) => [.. lines.Where(line => line.StartsWith(kind + " ", StringComparison.Ordinal)).Select(line => line[(kind.Length + 1)..])];
        return ($"Pester {Of("Version")[0]} in pwsh", Of("Passed"), Of("Failed"), Of("Skipped"));
    }

    private static (int Code, string Output)? InPwsh(string script)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-Command", script]) { RedirectStandardOutput = true };
        try
        {
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // there is no pwsh
        }
    }
}
