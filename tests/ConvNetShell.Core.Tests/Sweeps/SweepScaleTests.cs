using System.Diagnostics;
using System.Globalization;
using ConvNetShell.Core.Sweeps.Pruning;
using ConvNetShell.Core.Sweeps.Search;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Core.Sweeps.Workers;

namespace ConvNetShell.Core.Tests.Sweeps;

/// <summary>Sweeps of thousands of trials that only write their result. A variable sets their number; 10,000 take a minute.</summary>
[Trait("Speed", "Slow")]
public sealed class SweepScaleTests : IDisposable
{
    private const string Variable = "CONVNETSHELL_TEST_SWEEP_SCALE";
    private const int Pending = 5000,
        StandardTrials = 400,
        Rungs = 2; // of 1 and 3 epochs, before the whole trial
    private const double Step = 0.618034; // objectives spread evenly

    private readonly string parent = Directory.CreateTempSubdirectory("convnetshell-scale-").FullName;

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public void A_queue_of_5000_pending_trials_opens_within_a_second()
    {
        SweepFolder made = Make(Pending);
        new SweepWorker(made).Plan();
        double best = double.PositiveInfinity;
        for (int round = 0; round < 3; round++)
        {
            long begun = Stopwatch.GetTimestamp();
            Sweep sweep = SweepFolder.Open(made.Path).Read();
            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalSeconds);
            Assert.Equal((Pending, 0), (sweep.Trials.Count, sweep.Finished));
        }

        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{Pending} pending: {best:F3} s"));
        Assert.True(best < 1, string.Create(CultureInfo.InvariantCulture, $"{best} s"));
    }

    [Theory]
    [InlineData(PrunerKind.None)]
    [InlineData(PrunerKind.ASHA)]
    public void The_trials_of_a_large_sweep_take_about_the_same_time_from_the_first_to_the_last(PrunerKind pruner)
    {
        int trials = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? $"{StandardTrials}", CultureInfo.InvariantCulture);
        SweepFolder folder = Make(trials, pruner);
        var clock = Stopwatch.StartNew();
        var ends = new List<TimeSpan>();
        new SweepWorker(folder).Run(
            attempt =>
            {
                ends.Add(clock.Elapsed);
                bool isPaused = pruner == PrunerKind.ASHA && attempt.Attempt <= Rungs;
                (attempt.Rung, attempt.Decision) = (attempt.Attempt - 1, isPaused ? PruningDecision.Pause : PruningDecision.Continue);
                return attempt.Trial.Number * Step % 1;
            },
            CancellationToken.None
        );

        Assert.Equal(trials, SweepFolder.Open(folder.Path).Read().Finished);
        int part = ends.Count / 10;
        TimeSpan first = ends[part] - ends[0],
            last = ends[^1] - ends[^(part + 1)];
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{trials} trials, {ends.Count} attempts in {clock.Elapsed.TotalSeconds:F1} s; one of the first tenth "
                + $"{first.TotalMilliseconds / part:F2} ms, of the last {last.TotalMilliseconds / part:F2} ms"
        );
        TestContext.Current.SendDiagnosticMessage(text);
        Assert.True(last < (4 * first) + TimeSpan.FromSeconds(1), text);
    }

    private SweepFolder Make(int trials, PrunerKind pruner = PrunerKind.None) =>
        SweepFolder.Create(
            Path.Combine(parent, "s"),
            new SweepDefinition
            {
                Created = DateTimeOffset.Now,
                Method = SweepMethod.Random,
                Parameters = [new("Rate", new SearchRange(1e-4, 1, isLog: true)), new("Kind", new SearchChoices(["a", "b", "c"]))],
                Trials = trials,
                Objective = "ValidationAccuracy",
                Threads = 1,
                MaxFailures = 10,
                Pruner = pruner,
                MaxEpochs = 9, // rungs at 1 and 3
            }
        );
}
