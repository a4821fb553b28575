using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Profiling;

/// <summary>
/// Measures what each layer of a network costs in training, on a copy and on noise: speed does not depend on the pictures.
/// </summary>
public static class NetworkTimer
{
    private const int WarmUps = 2;

    /// <summary>Measures.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="batchSize">The samples in a batch.</param>
    /// <param name="rounds">How often each is measured; the medians count.</param>
    /// <param name="settings">Device, precision and threads; the rest does not matter.</param>
    /// <param name="stop">Ends it after the present layer.</param>
    /// <returns>
    /// A row a layer, alone and with all threads, in the order they are computed in, and one for whole training steps, which may take a
    /// batch in parts: see
    /// <see cref="DataParallelStep"/>. Layers that are computed together have a row together: see <see cref="FusedConvolutions"/>.
    /// </returns>
    /// <exception cref="InvalidSettingException">The batch or the rounds are below 1, or the device does not exist.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<LayerTiming> Measure(
        Network network,
        int batchSize = 128,
        int rounds = 10,
        TrainingSettings? settings = null,
        CancellationToken stop = default
    )
    {
        if (batchSize < 2 || rounds < 1)
        {
            throw new InvalidSettingException(
                rounds < 1 ? "Rounds" : "BatchSize",
                rounds < 1 ? "1 or more" : "2 or more samples",
                rounds < 1 ? rounds : batchSize
            );
        }
        TrainingSettings wanted = settings ?? new TrainingSettings();
        Device device = ComputeDevice.Choose(wanted.Device);
        bool reduced = ReducedPrecision.Choose(wanted.Precision, network, device) == Precision.BFloat16;
        using Network copy = network.Copy();
        copy.MoveTo(device);
        return Trainer.OnTrainingThread(
            wanted,
            device,
            stop,
            (_, token) =>
                Measure(
                    copy,
                    device,
                    batchSize,
                    rounds,
                    wanted with
                    {
                        Precision = reduced ? Precision.BFloat16 : Precision.Float32,
                    },
                    token
                )
        );
    }

    private static List<LayerTiming> Measure(
        Network network,
        Device device,
        int batchSize,
        int rounds,
        TrainingSettings settings,
        CancellationToken stop
    )
    {
        using var gradients = enable_grad();
        ScalarType[] types = settings.Precision == Precision.BFloat16 ? [ScalarType.BFloat16, ScalarType.Float32] : [ScalarType.Float32];
        double before = types.Max(type => TorchClock.Peak(device, type));
        using Tensor noise = randn([batchSize, .. network.InputShape.ToArray().Select(size => (long)size)], device: device);
        using Tensor images = network.InputShape.Count > 1 ? ChannelsLast.Ensure(noise).alias() : noise.alias();
        settings = settings with { BatchSize = batchSize, Threads = get_num_threads() };
        List<LayerTiming> rows = LayerTimer.Measure(network, settings, device, images, rounds, stop);
        double all = rows.Sum(row => row.ForwardMs + row.BackwardMs);
        rows = [.. rows.Select(row => row with { TimeFraction = (row.ForwardMs + row.BackwardMs) / all })];
        (double there, double back) =
            network.OutputShape.Count == 1
                ? StepTimer.Measure(network, settings, device, WarmUps, rounds, stop)
                : (rows.Sum(row => row.ForwardMs), rows.Sum(row => row.BackwardMs)); // no classifier: there is no loss for it
        rows.Add(
            Row(
                "Total",
                string.Empty,
                network.OutputShape,
                OperationCount.Of(network.Layers, back > 0, needsInput: false),
                batchSize,
                there,
                back,
                rows.Sum(row => row.Megabytes)
            ) with
            {
                TimeFraction = 1,
            }
        );

        // The machine may have been slower while the product was measured than later: the peak is the highest rate seen, so that no layer
        // is above it.
        double peak = Math.Max(Math.Max(before, types.Max(type => TorchClock.Peak(device, type))), rows.Max(row => row.GFlops));
        return [.. rows.Select(row => row with { PeakFraction = row.GFlops / peak })];
    }

    /// <summary>Returns a row, its speed in GFLOP/s; its fraction of the time and of the peak are not known yet.</summary>
    internal static LayerTiming Row(
        string name,
        string type,
        Shape output,
        long multiplyAdds,
        int batch,
        double forward,
        double backward,
        double megabytes
    )
    {
        double speed = 2.0 * multiplyAdds * batch / (forward + backward) / 1e6; // per millisecond, so in GFLOP/s
        return new LayerTiming(name, type, output.ToString(), batch, forward, backward, megabytes, speed, 0, 0);
    }
}
