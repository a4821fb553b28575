using ConvNetShell.Core.Sweeps.Search;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Core.Sweeps.Workers;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Core.Tests.Sweeps;

/// <summary>Trials of a process on another machine, seen with a clock that a test sets.</summary>
public sealed class LeaseWatchTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("convnetshell-lease-").FullName;
    private readonly SettableTime time = new();

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Theory]
    [InlineData(-400)]
    [InlineData(400)]
    public void A_clock_that_jumps_gives_no_trial_of_a_living_process_to_another(int days)
    {
        (SweepFolder folder, string heartbeat) = Begin();
        for (int beat = 1; beat < 30; beat++)
        {
            File.WriteAllText(heartbeat, FormattableString.Invariant($"{beat}"));
            File.SetLastWriteTimeUtc(heartbeat, new DateTime(2020 + beat, 1, 1, 0, 0, 0, DateTimeKind.Utc)); // the other machine's clock
            time.Now += TimeSpan.FromDays(days); // this machine's
            time.Elapsed += TimeSpan.FromSeconds(20);
            Assert.Equal(TrialStatus.Running, folder.Read().Trials[0].Status);
        }
        int run = 0;
        using var stop = new CancellationTokenSource();
        new SweepWorker(folder).Run(
            attempt =>
            {
                Assert.Equal(2, attempt.Trial.Number);
                run++;
                stop.Cancel();
                return 1;
            },
            stop.Token
        );

        Assert.Equal(1, run);
    }

    [Fact]
    public void A_heartbeat_that_rests_for_half_a_minute_gives_the_trial_to_one_other_worker()
    {
        (SweepFolder folder, _) = Begin();
        Assert.Equal(TrialStatus.Running, folder.Read().Trials[0].Status);
        time.Now -= TimeSpan.FromDays(1);
        time.Elapsed += TimeSpan.FromSeconds(29);
        Assert.Equal(TrialStatus.Running, folder.Read().Trials[0].Status);
        time.Elapsed += TimeSpan.FromSeconds(2);
        Assert.Equal(TrialStatus.Pending, folder.Read().Trials[0].Status);

        int run = 0;
        new SweepWorker(folder).Run(_ => ++run, CancellationToken.None);
        new SweepWorker(SweepFolder.Open(folder.Path, time)).Run(_ => ++run, CancellationToken.None);
        Assert.Equal((2, 2), (run, folder.Read().Trials[0].Attempts));
    }

    /// <summary>Makes a sweep of two trials, the first of which a process of another machine has claimed.</summary>
    private (SweepFolder Folder, string Heartbeat) Begin()
    {
        string path = Path.Combine(parent, "s");
        var definition = new SweepDefinition
        {
            Created = DateTimeOffset.Now,
            Method = SweepMethod.Grid,
            Parameters = [new("X", new SearchChoices([1L, 2L]))],
            Trials = 0,
            Objective = "ValidationAccuracy",
            Threads = 1,
        };
        new SweepWorker(SweepFolder.Create(path, definition)).Plan();
        SweepFolder folder = SweepFolder.Open(path, time);
        TrialFolder trial = folder.Read().Trials[0].Files;
        Assert.True(trial.TryClaim(1, new TrialClaim(new ProcessIdentity("elsewhere", "other", 7, "1"), DateTimeOffset.Now)));
        File.WriteAllText(trial.HeartbeatPath(1), "0");
        return (folder, trial.HeartbeatPath(1));
    }
}
