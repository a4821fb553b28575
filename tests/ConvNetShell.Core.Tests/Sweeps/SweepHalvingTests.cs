using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Sweeps.Pruning;
using ConvNetShell.Core.Sweeps.Search;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Core.Sweeps.Workers;

namespace ConvNetShell.Core.Tests.Sweeps;

/// <summary>Successive halving of trials in a folder, whose workers know the others' results from its files only.</summary>
public sealed class SweepHalvingTests : IDisposable
{
    private const int Trials = 40,
        MaxEpochs = 9;

    private readonly string parent = Directory.CreateTempSubdirectory("convnetshell-halving-").FullName;

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public void A_worker_promotes_the_trials_that_successive_halving_of_all_results_promotes()
    {
        double[] losses = Losses();
        var found = new List<(int Trial, int Rung)>();
        new SweepWorker(Make()).Run(attempt => Try(attempt, losses, found), CancellationToken.None);

        var halving = new SuccessiveHalving(1, MaxEpochs, 3);
        var results = new List<RungResult>();
        var ended = new HashSet<int>();
        var expected = new List<(int Trial, int Rung)>();
        int begun = 0;
        while (halving.Promote(results, ended) is var promoted && (promoted is not null || begun < Trials))
        {
            (int trial, int rung) = promoted is null ? (++begun, 0) : (promoted.Trial, promoted.Rung + 1);
            expected.Add((trial, rung));
            if (rung < halving.Epochs.Count - 1)
            {
                results.Add(new RungResult(trial, rung, losses[trial - 1]));
            }
            else
            {
                ended.Add(trial);
            }
        }
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Workers_beside_each_other_end_every_trial_and_run_none_twice_at_a_rung()
    {
        double[] losses = Losses();
        SweepFolder folder = Make();
        new SweepWorker(folder).Plan();
        var found = new List<(int Trial, int Rung)>();
        await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ =>
                    Task.Run(() =>
                        new SweepWorker(SweepFolder.Open(folder.Path)).Run(attempt => Try(attempt, losses, found), CancellationToken.None)
                    )
                )
        );

        Sweep sweep = folder.Read();
        int best = Array.IndexOf(losses, losses.Min()) + 1;
        Assert.Equal(Trials, sweep.Finished);
        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Equal(best, sweep.Best!.Number);
        Assert.Contains((best, 2), found);
    }

    private static double Try(TrialAttempt attempt, double[] losses, List<(int Trial, int Rung)> found)
    {
        int rung = attempt.Attempt - 1;
        lock (found)
        {
            found.Add((attempt.Trial.Number, rung));
        }
        (attempt.Rung, attempt.Decision) = (rung, rung < 2 ? PruningDecision.Pause : PruningDecision.Continue);
        return losses[attempt.Trial.Number - 1];
    }

    private static double[] Losses()
    {
        var random = new SeededRandom(5);
        return [.. Enumerable.Range(0, Trials).Select(_ => random.NextDouble())];
    }

    private SweepFolder Make() =>
        SweepFolder.Create(
            Path.Combine(parent, "s"),
            new SweepDefinition
            {
                Created = DateTimeOffset.Now,
                Method = SweepMethod.Random,
                Parameters = [new("Rate", new SearchRange(0, 1))],
                Trials = Trials,
                Objective = "ValidationLoss",
                Threads = 1,
                Pruner = PrunerKind.ASHA,
                MaxEpochs = MaxEpochs,
            }
        );
}
