using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Sweeps through Slurm itself, on two nodes of this machine.</summary>
[Trait("Speed", "Slow")]
public sealed class SlurmTests
{
    private const int Trials = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private const string Prepare = """
        $ErrorActionPreference = 'Stop'
        $images = Import-Dataset ./colors
        $net = New-Network -Spec 'conv3x3x4 relu pool2 fc3' -InputShape 3, 8, 8 -Seed 1
        $wanted = @{
            Dataset = $images; Epochs = 100; Setting = @{ BatchSize = 4; Threads = 1 }
            Parameter = @{ LearningRate = 1..12 | ForEach-Object { 0.004 * $_ } }
        }
        """;

    [Fact]
    public async Task A_sweep_ends_as_a_local_one_whatever_happens_to_nodes_jobs_and_the_controller()
    {
        using var home = new TempFolder();
        using SlurmCluster cluster = SlurmCluster.Start();
        TinyImages.WriteDataset(home["colors"]);
        using Process slurm = ChildShell.Start(
            Prepare
                + $"; $env:SLURM_CONF = '{cluster.Environment["SLURM_CONF"]}'; "
                + "$null = $net | Start-Sweep @wanted -SweepPath ./slurm -Executor Slurm -Partition test -ThrottleLimit 2",
            home
        );
        Task<string> output = slurm.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            error = slurm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await Reach(home, slurm, 1);
            int requeued = Restarts(cluster);
            cluster.Run("sbatch", "--partition=urgent", $"--nodelist={Running(cluster, "%N")}", "--output=/dev/null", "--wrap=sleep 1");
            Assert.True(SlurmCluster.Wait(Patience, () => Restarts(cluster) > requeued), "No job is pre-empted.");
            cluster.Run("scontrol", "update", "nodename=n1", "state=down", "reason=test");
            await Reach(home, slurm, 3);
            cluster.Run("scontrol", "update", "nodename=n1", "state=resume");
            Assert.True(SlurmCluster.Wait(Patience, () => IsCancelled(cluster)), "No job is cancelled.");
            await Reach(home, slurm, 5);
            cluster.RestartController();
            string refused = await RunAsync(
                "try { Start-Sweep -SweepPath ./s -Parameter @{ X = 1 } { 1 } -Executor Slurm -Partition nowhere -ErrorAction Stop } catch "
                    + "{ $_.FullyQualifiedErrorId; $_.Exception.Message }",
                home,
                cluster
            );
            Assert.Contains("Slurm.Refused,", refused, StringComparison.Ordinal);
            Assert.Contains("invalid partition specified: nowhere", refused, StringComparison.Ordinal);
            Assert.True(slurm.WaitForExit(Patience), "The sweep does not end.");
        }
        finally
        {
            slurm.Kill(entireProcessTree: true);
        }
        string warnings = await output + await error;
        await RunAsync(Prepare + "; $null = $net | Start-Sweep @wanted -SweepPath ./local", home, cluster);

        SweepFiles expected = new(home["local"]),
            found = new(home["slurm"]);
        Assert.True(found.Results.Length == Trials, warnings);
        Assert.All(found.Results, result => Assert.Equal("Completed", result.GetProperty("Status").GetString()));
        Assert.Equal(expected.Objectives, found.Objectives);
        Assert.Equal(expected.Histories, found.Histories);
        Assert.Contains(found.Results, result => result.GetProperty("Attempt").GetInt32() > 1); // the job that was cancelled
        Assert.True(warnings.Contains("Slurm ended job", StringComparison.Ordinal), warnings + Jobs(cluster));
        bool isEmpty = SlurmCluster.Wait(Patience, () => cluster.Run("squeue", "--noheader").Length == 0); // the urgent job may go on
        Assert.True(isEmpty, Jobs(cluster));
    }

    [Fact]
    public async Task A_job_at_its_time_limit_is_replaced_and_its_trial_continues_from_the_checkpoint()
    {
        const string wish = "CONVNETSHELL_TEST_SLURM_LIMIT";
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable(wish) == "1",
            $"Slurm looks at time limits twice a minute only; {wish}=1 waits for it"
        );
        const int epochs = 100;
        using var home = new TempFolder();
        using SlurmCluster cluster = SlurmCluster.Start();
        TinyImages.WriteDataset(home["colors"]);
        using Process slurm = ChildShell.Start(
            Prepare
                + $"; $env:SLURM_CONF = '{cluster.Environment["SLURM_CONF"]}'; "
                + "$null = Start-Sweep -SweepPath ./slurm -Executor Slurm -Partition test -TimeLimit 00:01:00 "
                + "-Parameter @{ LearningRate = 0.01 } "
                + "{ param($p) $using:net | Start-Training $using:images @p -Epochs 100 -BatchSize 4 -Threads 1 "
                + "-OnEpoch { Start-Sleep -Milliseconds 500 } }",
            home
        );
        string history = Path.Combine(home["slurm"], "trials", "00001", "run", "history.jsonl");
        string output;
        try
        {
            Task<string> text = slurm.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.True(SlurmCluster.Wait(Patience, () => File.Exists(history)), "No epoch ends.");
            string running = Running(cluster, "%i");
            cluster.Run("scontrol", "update", $"jobid={running}", "endtime=now"); // the limit itself would take a minute
            Assert.True(slurm.WaitForExit(2 * Patience), "The sweep does not end.");
            output = await text;
        }
        finally
        {
            slurm.Kill(entireProcessTree: true);
        }

        var files = new SweepFiles(home["slurm"]);
        Assert.True(files.Results.Length == 1, output);
        Assert.Equal("Completed", files.Results[0].GetProperty("Status").GetString());
        Assert.Equal(epochs, File.ReadLines(history).Count());
        Assert.Equal(2, files.Claims().Length);
        string second = Path.Combine(home["slurm"], "trials", "00001", "claim-2");
        Assert.InRange(JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(second)).GetProperty("Epochs").GetInt32(), 1, epochs - 1);
        Assert.Contains("TIMEOUT", Jobs(cluster), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_sbatch_is_an_error_and_leaves_no_folder()
    {
        using var home = new TempFolder();
        (_, string output, _) = ChildShell.Run(
            "$env:PATH = '/nowhere'; try { Start-Sweep -SweepPath ./s -Parameter @{ X = 1 } { 1 } -Executor Slurm } catch "
                + "{ $_.FullyQualifiedErrorId; $_.Exception.Message }; Test-Path ./s",
            home
        );

        Assert.Contains("Slurm.Missing,", output, StringComparison.Ordinal);
        Assert.EndsWith("False\n", output, StringComparison.Ordinal);
    }

    /// <summary>Returns a word on the first of the sweep's jobs that run; waits where all are between two nodes.</summary>
    private static string Running(SlurmCluster cluster, string format)
    {
        string running = string.Empty;
        Assert.True(
            SlurmCluster.Wait(
                Patience,
                () =>
                {
                    string all = cluster.Run("squeue", "--noheader", "--partition=test", "--states=running", $"--format={format}");
                    return (running = all.Split('\n')[0].Trim()).Length > 0;
                }
            ),
            "No job runs."
        );
        return running;
    }

    /// <summary>Cancels a job that runs, which may end by itself just then; returns whether one was cancelled.</summary>
    private static bool IsCancelled(SlurmCluster cluster)
    {
        cluster.Run("scancel", Running(cluster, "%i"));
        return Jobs(cluster).Contains("JobState=CANCELLED", StringComparison.Ordinal);
    }

    private static string Jobs(SlurmCluster cluster) => cluster.Run("scontrol", "--oneliner", "show", "job");

    /// <summary>Returns how often jobs were queued again.</summary>
    private static int Restarts(SlurmCluster cluster) =>
        Regex.Matches(Jobs(cluster), "Restarts=([0-9]+)").Sum(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    /// <summary>Waits until some trials have ended.</summary>
    private static async Task Reach(TempFolder home, Process sweep, int trials)
    {
        var begun = Stopwatch.StartNew();
        while (new SweepFiles(home["slurm"]).Results.Length < trials)
        {
            Assert.True(begun.Elapsed < Patience && !sweep.HasExited, "The sweep does not get on.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static Task<string> RunAsync(string script, TempFolder home, SlurmCluster cluster) =>
        Task.Run(() =>
        {
            (int code, string output, string error) = ChildShell.Run(script, home, cluster.Environment);
            Assert.True(code == 0, output + error);
            return output;
        });
}
