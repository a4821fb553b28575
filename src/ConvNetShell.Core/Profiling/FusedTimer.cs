using System.Diagnostics;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Profiling;

/// <summary>Measures the fused convolutions of a network as training runs them: every thread computes its shard of the batch.</summary>
internal sealed class FusedTimer : IDisposable
{
    private readonly FusedConvolutions[] fused;
    private readonly ComputeThreads threads;
    private readonly int shardSize;

    private FusedTimer(FusedConvolutions[] fused, int shardSize)
    {
        (this.fused, this.shardSize) = (fused, shardSize);
        threads = new ComputeThreads(fused.Length);
    }

    /// <summary>Gets how many of the network's layers each fused block replaces, in execution order.</summary>
    public IReadOnlyList<int> Lengths => fused[0].Lengths;

    /// <summary>
    /// Computes the fused convolutions of a batch, and returns the timer and their output; <see langword="null"/> if training would not
    /// fuse any.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="settings">The settings, their precision and threads chosen.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="images">The batch.</param>
    public static (FusedTimer Timer, Tensor Output)? For(Network network, TrainingSettings settings, Device device, Tensor images)
    {
        int count = (int)images.shape[0],
            parts = DataParallelStep.Parts(network, settings, device, count),
            each = settings.Threads / parts,
            shardSize = (count + parts - 1) / parts;
        if (FusedConvolutions.For(network, settings.Precision, device, each, count) is not { } whole)
        {
            return null;
        }
        Tensor output = whole.Forward(images).clone().detach();
        FusedConvolutions[] all =
        [
            whole,
            .. Enumerable.Range(1, parts - 1).Select(_ => FusedConvolutions.For(network, settings.Precision, device, each, shardSize)!),
        ];
        using Tensor shard = images.narrow(0, 0, shardSize);
        foreach (FusedConvolutions replica in all.Skip(1))
        {
            using Tensor _ = replica.Forward(shard); // what is measured are the images of the last batch
        }
        return (new FusedTimer(all, shardSize), output);
    }

    /// <summary>Returns the medians of the milliseconds that all threads take for a block, forward and backward.</summary>
    /// <param name="block">The index of the block.</param>
    /// <param name="warmUps">Rounds that do not count.</param>
    /// <param name="rounds">Rounds that do.</param>
    /// <param name="stop">Stops between two rounds.</param>
    public (double Forward, double Backward) Measure(int block, int warmUps, int rounds, CancellationToken stop) =>
        (
            Median(replica => All(image => replica.Forward(block, image)), warmUps, rounds, stop),
            Median(replica => All(image => replica.Backward(block, image)), warmUps, rounds, stop)
        );

    /// <inheritdoc />
    public void Dispose()
    {
        threads.Dispose();
        Array.ForEach(fused, replica => replica.Dispose());
    }

    private void All(Action<int> work)
    {
        for (int image = 0; image < shardSize; image++)
        {
            work(image);
        }
    }

    private double Median(Action<FusedConvolutions> work, int warmUps, int rounds, CancellationToken stop)
    {
        var times = new List<double>();
        for (int round = -warmUps; round < rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            long began = Stopwatch.GetTimestamp();
            threads.Run(thread => work(fused[thread]));
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }
        return TorchClock.Median(times);
    }
}
