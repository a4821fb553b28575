using ConvNetShell.Core.Compute;

namespace ConvNetShell.Core.Tests.Compute.Native;

[Trait("Speed", "Slow")]
public sealed class CpuContentionTests
{
    private static readonly TimeSpan Epoch = TimeSpan.FromSeconds(10);
    private long waited = 5_000_000_000;

    [Fact]
    public void Long_waiting_is_said_once()
    {
        var cores = new CpuContention(() => waited);
        Assert.Null(cores.Warning(2, Epoch));
        waited += 6_000_000_000; // 30 % of 2 x 10 s
        Assert.Null(cores.Warning(2, Epoch));
        waited += 9_000_000_000;
        string? said = cores.Warning(2, Epoch);
        Assert.Contains("45 %", said, StringComparison.Ordinal);
        Assert.Contains("-Threads 1", said, StringComparison.Ordinal);
        waited += 9_000_000_000;
        Assert.Null(cores.Warning(2, Epoch));
    }

    [Theory]
    [InlineData(1, 10)] // one thread waits for no other
    [InlineData(2, 1)] // too short to tell
    public void Nothing_is_said_where_it_would_not_help(int threads, int seconds)
    {
        var cores = new CpuContention(() => waited);
        waited += 100_000_000_000;
        Assert.Null(cores.Warning(threads, TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void Nothing_is_said_where_the_system_does_not_tell() => Assert.Null(new CpuContention(() => null).Warning(2, Epoch));

    [Fact]
    public void Threads_that_share_one_core_are_seen_to_wait()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's");
        long? before = CpuContention.Waited();
        Thread[] threads =
        [
            .. Enumerable
                .Range(0, 4 * Environment.ProcessorCount)
                .Select(_ => new Thread(() =>
                {
                    long until = Environment.TickCount64 + 200;
                    while (Environment.TickCount64 < until)
                    {
                        Thread.SpinWait(100);
                    }
                })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        long most = 0;
        while (threads.Any(thread => thread.IsAlive))
        {
            most = Math.Max(most, CpuContention.Waited()!.Value); // what a thread waited is forgotten when it ends
            Thread.Sleep(10);
        }
        Assert.True(most - before > 100_000_000, $"{(most - before) / 1e6} ms");
    }
}
