using System.Diagnostics;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Profiling;

/// <summary>Measures whole training steps, as a training makes them, on noise.</summary>
internal static class StepTimer
{
    private static readonly TimeSpan WarmupTime = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Returns the medians of the milliseconds a step takes from the images to the loss, and from there to the new weights.
    /// </summary>
    /// <param name="network">The network, a classifier; it is trained.</param>
    /// <param name="settings">The settings of the steps, their precision and threads chosen.</param>
    /// <param name="device">Where it computes; the network is there.</param>
    /// <param name="warmUps">Steps that do not count, at least: more, until the runtime has had time to optimize the called code.</param>
    /// <param name="rounds">Steps that do.</param>
    /// <param name="stop">Ends it after the present step.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static (double Forward, double Backward) Measure(
        Network network,
        TrainingSettings settings,
        Device device,
        int warmUps,
        int rounds,
        CancellationToken stop
    )
    {
        Dataset noise = Noise(network, settings.BatchSize);
        using var state = new TrainingState(network, settings, device, noise.Train);
        using var runner = new StepRunner(
            new TrainingRun(network, noise, noise, settings, device.ToString()),
            state,
            device,
            settings.BatchSize
        );
        int[] all = [.. Enumerable.Range(0, settings.BatchSize)];
        var forward = new List<double>();
        var backward = new List<double>();
        long start = Stopwatch.GetTimestamp();
        for (int round = -warmUps; round < rounds; round = round == -1 && Stopwatch.GetElapsedTime(start) < WarmupTime ? round : round + 1)
        {
            stop.ThrowIfCancellationRequested();
            state.Times.Clear();
            long began = Stopwatch.GetTimestamp();
            runner.Step(all, batchesLeft: 1);
            if (device.type == DeviceType.CUDA)
            {
                cuda.synchronize(device);
            }
            double whole = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (round >= 0)
            {
                double there =
                    whole * ((state.Times.Data + state.Times.Forward) / (state.Times.Data + state.Times.Forward + state.Times.Backward));
                forward.Add(there);
                backward.Add(whole - there);
            }
        }
        return (TorchClock.Median(forward), TorchClock.Median(backward));
    }

    private static Dataset Noise(Network network, int count)
    {
        var pixels = new byte[count * network.InputShape.Elements];
        new Random(1).NextBytes(pixels);
        int classes = network.OutputShape.Channels;
        return new Dataset(
            "Noise",
            "generated",
            network.OutputNames,
            new DatasetSplit("Train", network.InputShape, pixels, [.. Enumerable.Range(0, count).Select(i => i % classes)])
        );
    }
}
