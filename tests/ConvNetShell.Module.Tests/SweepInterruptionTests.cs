using System.Diagnostics;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>
/// A sweep whose disk is full or read-only in the middle, whose worker is terminated, or that is ended by Ctrl+C: what has ended stays, and
/// the rest continues.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class SweepInterruptionTests
{
    private const int Trials = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private const string Script = """
        try { $null = Start-Sweep -SweepPath NAME/s -ErrorAction Stop -ThrottleLimit 2 -Parameter @{ X = 1..6 } {
            param($p) Start-Sleep -Milliseconds 700; $p.X } }
        catch { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category)"; $_.Exception.Message }
        """;

    [Theory]
    [InlineData(false, "No space left on device")]
    [InlineData(true, "Read-only file system")]
    public async Task A_disk_that_cannot_be_written_ends_the_sweep_with_its_words_and_Resume_Sweep_continues(bool isReadOnly, string text)
    {
        using var disk = new SmallDisk();
        using var home = new TempFolder();
        (int ended, string output) = await Run(
            disk.Path,
            home,
            _ =>
            {
                if (isReadOnly)
                {
                    disk.SetReadOnly(true);
                }
                else
                {
                    disk.Fill();
                }
            }
        );

        Assert.Matches("^(Sweep.WorkerFailed|Storage.Unwritable),ConvNetShell.*StartSweepCommand WriteError\n", output);
        Assert.Contains(
            text,
            string.Join(' ', output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
        if (isReadOnly)
        {
            disk.SetReadOnly(false);
        }
        else
        {
            disk.Empty();
        }
        Complete(disk.Path, home, ended);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_workers_and_Resume_Sweep_continues()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals of Unix.");
        using var home = new TempFolder();
        int[] workers = [];
        (int ended, _) = await Run(
            home.Path,
            home,
            shell =>
            {
                workers = [.. new SweepFiles(home["s"]).Claims().Select(claim => claim.Process).Distinct()];
                using Process kill = Process.Start("kill", ["-INT", $"{shell.Id}"]);
                kill.WaitForExit();
            }
        );

        Assert.Equal(2, workers.Length);
        Assert.All(workers, worker => Assert.False(Directory.Exists($"/proc/{worker}"), "A worker is left."));
        Assert.Empty(Directory.GetFiles(home["s"], ".workers-*"));
        Complete(home.Path, home, ended);
    }

    [Fact]
    public async Task A_worker_that_is_asked_to_end_is_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals of Unix.");
        using var home = new TempFolder();
        (int ended, string output) = await Run(
            home.Path,
            home,
            _ =>
            {
                foreach (int worker in new SweepFiles(home["s"]).Claims().Select(claim => claim.Process).Distinct())
                {
                    using Process kill = Process.Start("kill", ["-TERM", $"{worker}"]);
                    kill.WaitForExit();
                }
            }
        );

        Assert.True(ended == Trials, output);
    }

    /// <summary>Starts a sweep and disturbs it after its second result; returns the trials that have ended and what it wrote.</summary>
    private static async Task<(int Ended, string Output)> Run(string folder, TempFolder home, Action<Process> disturb)
    {
        using Process shell = ChildShell.Start(Script.Replace("NAME", folder, StringComparison.Ordinal), home);
        try
        {
            Task<string> output = shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
                error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var files = new SweepFiles(Path.Combine(folder, "s"));
            var begun = Stopwatch.StartNew();
            while (files.Results.Length < 2)
            {
                Assert.True(begun.Elapsed < Patience && !shell.HasExited, "The sweep does not get on.");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
            disturb(shell);
            Assert.True(shell.WaitForExit(Patience), "The sweep does not end.");
            return (files.Results.Length, (await output + await error).ReplaceLineEndings("\n"));
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Continues the sweep and checks that each trial has ended, those that had as they did.</summary>
    private static void Complete(string folder, TempFolder home, int ended)
    {
        var files = new SweepFiles(Path.Combine(folder, "s"));
        string[] before = [.. files.Results.Select(result => result.GetRawText())];
        (int code, string output, string error) = ChildShell.Run($"$null = Resume-Sweep '{folder}/s'", home);

        Assert.True(code == 0, output + error);
        Assert.InRange(ended, 2, Trials - 1);
        Assert.Equal(ended, before.Length);
        Assert.Equal(Enumerable.Range(1, Trials).Select(x => (double)x), files.Objectives);
        Assert.Subset(files.Results.Select(result => result.GetRawText()).ToHashSet(), before.ToHashSet());
    }
}
