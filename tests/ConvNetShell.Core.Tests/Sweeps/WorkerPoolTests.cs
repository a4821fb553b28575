using System.Diagnostics;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Workers;

namespace ConvNetShell.Core.Tests.Sweeps;

public sealed class WorkerPoolTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("convnetshell-pool-").FullName;

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Theory]
    [InlineData("", 2, new string?[] { null, null })]
    [InlineData("0", 3, new[] { "0", "0", "0" })]
    [InlineData("2,5", 2, new[] { "2", "5" })]
    [InlineData("0,1,2", 2, new[] { "0,2", "1" })]
    public void Gpus_are_divided_among_the_workers(string gpus, int workers, string?[] expected) =>
        Assert.Equal(
            expected,
            Enumerable
                .Range(0, workers)
                .Select(worker => WorkerGpus.Of(gpus.Split(',', StringSplitOptions.RemoveEmptyEntries), worker, workers))
        );

    [Fact]
    public void Each_worker_sees_its_gpu_and_a_new_one_takes_the_gpu_of_the_worker_it_replaces()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell of Unix.");
        string seen = Path.Combine(parent, "seen");
        // A worker says that it is ready, notes its GPU, and the second GPU's first worker dies.
        string script =
            "IFS='|' read p f <<< \"$CONVNETSHELL_SWEEP_WORKER\"; : > \"$f-$$\"; "
            + $"echo $CUDA_VISIBLE_DEVICES >> {seen}; [ $CUDA_VISIBLE_DEVICES = 7 ] && [ $(grep -c 7 {seen}) = 1 ] && exit 9; "
            + "while [ -e \"$f\" ]; do sleep 0.05; done";
        using (var pool = new WorkerPool(parent, 2, () => new ProcessStartInfo("bash", ["-c", script]), ["4", "7"]))
        {
            var begun = Stopwatch.StartNew();
            while (Lines(seen).Length < 3 && begun.Elapsed < TimeSpan.FromSeconds(20))
            {
                pool.Tick(null!);
                Thread.Sleep(20);
            }
        }

        Assert.Equal(["4", "7", "7"], Lines(seen).Order());
    }

    [Fact]
    public void Workers_that_die_before_they_begin_end_the_pool_with_their_words()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell of Unix.");
        using var pool = new WorkerPool(parent, 1, () => new ProcessStartInfo("bash", ["-c", "echo no module >&2; exit 3"]), []);

        void Turn()
        {
            for (int turn = 0; turn < 1000; turn++)
            {
                pool.Tick(null!);
                Thread.Sleep(10);
            }
        }
        StorageException error = Assert.Throws<StorageException>(Turn);
        Assert.Contains("no module", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_that_ends_with_an_error_of_its_own_ends_the_pool_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell of Unix.");
        string script =
            $"IFS='|' read p f <<< \"$CONVNETSHELL_SWEEP_WORKER\"; : > \"$f-$$\"; echo begun >> {parent}/seen; echo no disk >&2; exit 73";
        using var pool = new WorkerPool(parent, 1, () => new ProcessStartInfo("bash", ["-c", script]), []);

        StorageException? error = null;
        for (int turn = 0; turn < 1000 && error is null; turn++)
        {
            Thread.Sleep(10);
            error = Record.Exception(() => pool.Tick(null!)) as StorageException;
        }
        Assert.Equal("Sweep.WorkerFailed", error?.ErrorId);
        Assert.Contains("no disk", error!.Message, StringComparison.Ordinal);
        Assert.Single(Lines(Path.Combine(parent, "seen")));
    }

    private static string[] Lines(string file) => File.Exists(file) ? File.ReadAllLines(file) : [];
}
