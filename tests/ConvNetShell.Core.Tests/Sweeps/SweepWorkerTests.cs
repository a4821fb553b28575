using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Search;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Core.Sweeps.Workers;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Core.Tests.Sweeps;

public sealed class SweepWorkerTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("convnetshell-sweeps-").FullName;

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Theory]
    [InlineData(SweepMethod.Grid, 10)]
    [InlineData(SweepMethod.Random, 7)]
    [InlineData(SweepMethod.TPE, 15)]
    public void Every_trial_is_run_once(SweepMethod method, int expected)
    {
        SweepFolder folder = Make(method, trials: expected);
        int count = 0;

        new SweepWorker(folder).Run(attempt => ++count, CancellationToken.None);
        new SweepWorker(SweepFolder.Open(folder.Path)).Run(
            _ => throw new InvalidOperationException("a finished trial"),
            CancellationToken.None
        );

        Sweep sweep = SweepFolder.Open(folder.Path).Read();
        Assert.Equal(expected, count);
        Assert.Equal(expected, sweep.Trials.Count);
        Assert.All(sweep.Trials, trial => Assert.Equal(TrialStatus.Completed, trial.Status));
        Assert.Equal(expected, sweep.Trials.Select(trial => trial.Id).Distinct().Count());
        Assert.Equal(expected, sweep.Best!.Objective);
    }

    [Fact]
    public async Task Workers_in_one_folder_share_the_trials()
    {
        SweepFolder folder = Make(SweepMethod.Random, trials: 60);
        new SweepWorker(folder).Plan();
        int count = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(() =>
                        new SweepWorker(SweepFolder.Open(folder.Path)).Run(_ => Interlocked.Increment(ref count), CancellationToken.None)
                    )
                )
        );

        Assert.Equal(60, count);
        Assert.Equal(60, folder.Read().Finished);
    }

    [Fact]
    public void A_trial_that_fails_is_recorded_and_the_sweep_continues()
    {
        SweepFolder folder = Make(SweepMethod.Grid);

        new SweepWorker(folder).Run(
            attempt => attempt.Trial.Number == 3 ? throw new InvalidOperationException("no luck") : 1,
            CancellationToken.None
        );

        Sweep sweep = folder.Read();
        Assert.Equal((10, 1), (sweep.Finished, sweep.Failed));
        Assert.Equal("no luck", sweep.Trials[2].Error);
    }

    [Fact]
    public void Too_many_failures_end_the_sweep()
    {
        SweepFolder folder = Make(SweepMethod.Grid, maxFailures: 2);
        var worker = new SweepWorker(folder);

        worker.Run(_ => throw new InvalidOperationException("never"), CancellationToken.None);

        Assert.True(worker.HasFailed());
        Assert.Equal(3, folder.Read().Failed);
    }

    [Fact]
    public void A_trial_that_was_stopped_waits_again()
    {
        SweepFolder folder = Make(SweepMethod.Grid);
        using var stop = new CancellationTokenSource();
        new SweepWorker(folder).Run(
            attempt =>
            {
                if (attempt.Trial.Number == 2)
                {
                    stop.Cancel();
                }
                return 1;
            },
            stop.Token
        );

        Sweep sweep = SweepFolder.Open(folder.Path).Read();
        Assert.Equal([TrialStatus.Completed, TrialStatus.Pending, TrialStatus.Pending], sweep.Trials.Take(3).Select(trial => trial.Status));
        new SweepWorker(SweepFolder.Open(folder.Path)).Run(_ => 2, CancellationToken.None);
        Assert.Equal([1, 2, 2], SweepFolder.Open(folder.Path).Read().Trials.Take(3).Select(trial => trial.Objective));
    }

    [Fact]
    public void A_trial_that_is_cancelled_waits_again_though_nothing_else_says_that_the_process_ends()
    {
        SweepFolder folder = Make(SweepMethod.Grid);
        int cancelled = 0;
        new SweepWorker(folder).Run(
            attempt => attempt.Trial.Number == 2 && cancelled++ == 0 ? throw new OperationCanceledException() : 1,
            CancellationToken.None
        );

        SweepTrial trial = folder.Read().Trials[1];
        Assert.Equal((TrialStatus.Completed, 2), (trial.Status, trial.Attempts));
    }

    [Fact]
    public void The_trial_of_a_dead_process_is_claimed_again()
    {
        SweepFolder folder = Make(SweepMethod.Grid);
        new SweepWorker(folder).Plan();
        string trial = Path.Combine(folder.Path, "trials", "00001");
        Directory.CreateDirectory(trial);
        ProcessIdentity own = ProcessIdentity.Current();
        string Claim(string start) =>
            $$"""{"Process":{"Machine":"{{own.Machine}}","System":"{{own.System}}","Id":{{own.Id}},"Start":"{{start}}"},"""
            + "\"Started\":\"2026-01-01T00:00:00Z\"}";
        File.WriteAllText(Path.Combine(trial, "claim-1"), Claim(own.Start));
        Assert.Equal(TrialStatus.Running, folder.Read().Trials[0].Status);

        File.WriteAllText(Path.Combine(trial, "claim-1"), Claim("0"));
        Assert.Equal(TrialStatus.Pending, folder.Read().Trials[0].Status);
        new SweepWorker(folder).Run(_ => 1, CancellationToken.None);
        Assert.Equal((TrialStatus.Completed, 2), (folder.Read().Trials[0].Status, folder.Read().Trials[0].Attempts));
    }

    [Theory]
    [InlineData(false, TrialStatus.Failed)]
    [InlineData(true, TrialStatus.Completed)]
    public void A_trial_whose_processes_die_again_and_again_fails_unless_it_gets_on(bool getsOn, TrialStatus expected)
    {
        const int deaths = 25;
        SweepFolder folder = Make(SweepMethod.Grid);
        new SweepWorker(folder).Plan();
        string trial = Path.Combine(folder.Path, "trials", "00001");
        Directory.CreateDirectory(trial);
        ProcessIdentity own = ProcessIdentity.Current();
        for (int attempt = 1; attempt <= deaths; attempt++)
        {
            File.WriteAllText(
                Path.Combine(trial, FormattableString.Invariant($"claim-{attempt}")),
                $$"""{"Process":{"Machine":"{{own.Machine}}","System":"{{own.System}}","Id":{{own.Id}},"Start":"0"},"""
                    + "\"Started\":\"2026-01-01T00:00:00Z\"}"
            );
        }
        if (getsOn)
        {
            var run = new RunFolder(Path.Combine(trial, "run"));
            run.Make();
            run.Append(new Display.Records.Training.EpochRecord(1, 1, 0, 1, 0, 0.1, 1, TimeSpan.Zero));
        }

        new SweepWorker(folder).Run(_ => 1, CancellationToken.None);
        Assert.Equal(expected, folder.Read().Trials[0].Status);
    }

    [Fact]
    public void Repetitions_have_seeds_of_their_own_and_sets_within_the_spread_are_tied()
    {
        SweepFolder folder = Make(SweepMethod.Grid, repeat: 3);
        double[] means = [0.80, 0.79, 0.5];
        double[] spread = [-0.02, 0, 0.02];

        new SweepWorker(folder).Run(
            attempt => (attempt.Trial.Set <= 3 ? means[attempt.Trial.Set - 1] : 0.1) + spread[attempt.Seed],
            CancellationToken.None
        );

        Sweep sweep = folder.Read();
        Assert.Equal(30, sweep.Trials.Count);
        Assert.Equal([1, 2, 3], sweep.Ranking.Take(3).Select(set => set.Set));
        Assert.Equal([true, true, false], sweep.Ranking.Take(3).Select(set => set.IsTied));
        Assert.Equal(0.02, sweep.Ranking[0].StandardDeviation, 1e-9);
    }

    [Fact]
    public void A_folder_of_another_sweep_is_refused()
    {
        SweepFolder folder = Make(SweepMethod.Grid);

        StorageException error = Assert.Throws<StorageException>(() => SweepFolder.Create(folder.Path, folder.Definition));
        Assert.Equal("Sweep.Exists", error.ErrorId);
        Assert.Equal("Sweep.NoFolder", Assert.Throws<StorageException>(() => SweepFolder.Open(parent)).ErrorId);
    }

    [Fact]
    public void Parameters_are_read_as_they_were_written()
    {
        SweepFolder folder = Make(SweepMethod.Grid);
        new SweepWorker(folder).Plan();

        SweepFolder read = SweepFolder.Open(folder.Path);
        Assert.Equal(
            folder.Definition.Space().Grid().Select(point => point.ToString()),
            read.Definition.Space().Grid().Select(point => point.ToString())
        );
        Assert.Equal(folder.Read().Trials.Select(trial => trial.Parameters.Identity(0)), read.Read().Trials.Select(trial => trial.Id));
    }

    [Fact]
    public void An_unknown_objective_lists_the_known_ones() =>
        Assert.Contains(
            "ValidationAccuracy",
            Assert.Throws<NameNotFoundException>(() => SweepObjective.Find("Beauty")).Message,
            StringComparison.Ordinal
        );

    private SweepFolder Make(SweepMethod method, int trials = 0, int repeat = 1, int? maxFailures = null) =>
        SweepFolder.Create(
            Path.Combine(parent, "s"),
            new SweepDefinition
            {
                Created = DateTimeOffset.Now,
                Method = method,
                Parameters = [new("Rate", new SearchRange(1e-3, 1, isLog: true)), new("Kind", new SearchChoices(["a", "b"]))],
                Trials = trials,
                Repeat = repeat,
                Objective = "ValidationAccuracy",
                Threads = 1,
                MaxFailures = maxFailures,
            }
        );
}
