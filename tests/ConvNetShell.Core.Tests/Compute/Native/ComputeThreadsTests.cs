using ConvNetShell.Core.Compute;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Compute.Native;

public sealed class ComputeThreadsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_part_is_done_once_on_a_thread_of_its_own(int each)
    {
        const int count = 3;
        int before = get_num_threads();
        using (var threads = new ComputeThreads(count, each))
        {
            for (int round = 0; round < 20; round++)
            {
                var seen = new (int Thread, int LibraryThreads)[count];
                threads.Run(part => seen[part] = (Environment.CurrentManagedThreadId, Computing()));
                Assert.Equal(count, seen.Select(one => one.Thread).Distinct().Count());
                Assert.All(seen, one => Assert.Equal(each, one.LibraryThreads));
                Assert.Equal(Environment.CurrentManagedThreadId, seen[0].Thread);
            }
            int elsewhere = 0; // in another runspace
            var other = new Thread(() => elsewhere = get_num_threads());
            other.Start();
            other.Join();
            Assert.Equal(before, elsewhere);
        }
        Assert.Equal(before, get_num_threads());
    }

    [Fact]
    public void What_a_part_throws_is_thrown_when_all_are_done_and_the_threads_go_on()
    {
        using var threads = new ComputeThreads(2);
        int done = 0;
        for (int failing = 0; failing < 2; failing++)
        {
            var error = Assert.Throws<TimeZoneNotFoundException>(() =>
                threads.Run(part =>
                {
                    Interlocked.Increment(ref done);
                    if (part == failing)
                    {
                        throw new TimeZoneNotFoundException(part.ToString());
                    }
                })
            );
            Assert.Equal(failing.ToString(), error.Message);
        }
        threads.Run(_ => Interlocked.Increment(ref done));
        Assert.Equal(6, done);
    }

    /// <summary>Computes something first, as libtorch sets a thread up only then.</summary>
    private static int Computing()
    {
        using Tensor large = ones(512, 512);
        using Tensor product = large.matmul(large);
        return get_num_threads();
    }
}
