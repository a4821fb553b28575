using System.Diagnostics;
using System.Globalization;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>
/// A sweep whose workers are killed, as by the system when memory is short, while they are at a trial. Two variables set the number of
/// trials and kills; 40 trials and 100 kills take some minutes.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class SweepKillTests
{
    private const string TrialsVariable = "CONVNETSHELL_TEST_SWEEP_TRIALS",
        KillsVariable = "CONVNETSHELL_TEST_SWEEP_KILLS";
    private const int StandardTrials = 3,
        StandardKills = 3,
        ShortestLife = 100, // ms after a claim
        LongestLife = 600,
        MostKills = 8; // of one trial, so that it gets on where the machine is slow

    private const string Script = """
        $ErrorActionPreference = 'Stop'
        $images = Import-Dataset ./colors
        $null = New-Network -Spec 'conv3x3x4 relu pool2 drop0.2 fc3' -InputShape 3, 8, 8 -Seed 1 | Start-Sweep -Dataset $images -Epochs 25 `
            -Setting @{ BatchSize = 4; Threads = 1; Optimizer = 'Adam' } -ThrottleLimit 2 -SweepPath NAME `
            -Parameter @{ LearningRate = 1..COUNT | ForEach-Object { 0.0005 * $_ } }
        """;

    [Fact]
    public async Task Each_trial_of_killed_workers_ends_once_and_as_an_undisturbed_one()
    {
        (int trials, int wanted) = (Number(TrialsVariable, StandardTrials), Number(KillsVariable, StandardKills));
        using var home = new TempFolder();
        TinyImages.WriteDataset(home["colors"]);
        SweepFiles expected = new(home["peace"]),
            found = new(home["war"]);
        await RunAsync("peace", trials, home, () => { });
        var random = new Random(20);
        var seen = new Dictionary<string, (int Process, long At)>();
        int kills = 0;
        await RunAsync(
            "war",
            trials,
            home,
            () =>
            {
                foreach (
                    (string claim, int process) in found
                        .Claims()
                        .Where(claim => Attempt(claim.Claim) <= MostKills && !seen.ContainsKey(claim.Claim))
                )
                {
                    seen[claim] = (
                        process,
                        Stopwatch.GetTimestamp() + (random.Next(ShortestLife, LongestLife) * Stopwatch.Frequency / 1000)
                    );
                }
                foreach ((string claim, (int process, long at)) in seen.ToArray())
                {
                    bool isAtIt = at > 0 && !File.Exists(Path.Combine(Path.GetDirectoryName(claim)!, "result.json"));
                    if (isAtIt && kills < wanted && Stopwatch.GetTimestamp() >= at)
                    {
                        kills += Kill(process) ? 1 : 0;
                        seen[claim] = (process, 0);
                    }
                }
            }
        );

        Assert.Equal(wanted, kills);
        Assert.Equal(trials, found.Results.Length);
        Assert.All(found.Results, result => Assert.Equal("Completed", result.GetProperty("Status").GetString()));
        Assert.Equal(trials, found.Claims().Length - kills); // each was begun again only after a kill
        Assert.Equal(expected.Objectives, found.Objectives);
        Assert.Equal(expected.Histories, found.Histories);
    }

    private static async Task RunAsync(string name, int trials, TempFolder home, Action watch)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        string script = Script
            .Replace("NAME", name, StringComparison.Ordinal)
            .Replace("COUNT", trials.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        using Process process = ChildShell.Start(script, home);
        Task<string> output = process.StandardOutput.ReadToEndAsync(stop),
            error = process.StandardError.ReadToEndAsync(stop);
        try
        {
            while (!process.HasExited)
            {
                watch();
                await Task.Delay(20, stop);
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
        Assert.True(process.ExitCode == 0, await output + await error);
    }

    private static int Attempt(string claim) => int.Parse(claim.AsSpan(claim.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    private static bool Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit();
            return true;
        }
        catch (ArgumentException)
        {
            return false; // it has ended
        }
    }

    private static int Number(string variable, int standard) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? $"{standard}", CultureInfo.InvariantCulture);
}
