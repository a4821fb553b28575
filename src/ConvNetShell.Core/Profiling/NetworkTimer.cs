using System.Diagnostics;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Profiling;

/// <summary>
/// Measures what each layer of a network costs in training, on a copy and on noise: speed does not depend on the pictures.
/// </summary>
public static class NetworkTimer
{
    private const int PeakSize = 1024,
        PeakSizeOnGpu = 8192,
        PeakRounds = 8,
        WarmUps = 2;

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
                rounds < 1 ? "-Rounds" : "-BatchSize",
                rounds < 1 ? "1 or more" : "2 or more samples",
                rounds < 1 ? rounds : batchSize
            );
        }
        TrainingSettings wanted = settings ?? new TrainingSettings();
        Device device = ComputeDevice.Choose(wanted.Device);
        bool reduced = ReducedPrecision.Choose(wanted.Precision, device) == Precision.BFloat16;
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
        double before = types.Max(type => Peak(device, type));
        using Tensor noise = randn([batchSize, .. network.InputShape.ToArray().Select(size => (long)size)], device: device);
        using Tensor images = network.InputShape.Count > 1 ? ChannelsLast.Ensure(noise).alias() : noise.alias();
        settings = settings with { BatchSize = batchSize, Threads = get_num_threads() };
        List<LayerTiming> rows = Layers(network, settings, device, images, rounds, stop);
        double all = rows.Sum(row => row.ForwardMs + row.BackwardMs);
        rows = [.. rows.Select(row => row with { ShareOfTime = (row.ForwardMs + row.BackwardMs) / all })];
        (double there, double back) =
            network.OutputShape.Count == 1
                ? StepTimer.Measure(network, settings, device, WarmUps, rounds, stop)
                : (rows.Sum(row => row.ForwardMs), rows.Sum(row => row.BackwardMs)); // no classifier: there is no loss for it
        rows.Add(
            Row(
                "Total",
                string.Empty,
                network.OutputShape,
                Operations(network.Layers, back > 0, network.Layers.FirstOrDefault(layer => layer.MultiplyAdds > 0)),
                batchSize,
                there,
                back,
                rows.Sum(row => row.Megabytes)
            ) with
            {
                ShareOfTime = 1,
            }
        );

        // The machine may have been slower while the product was measured than later: the peak is the highest rate seen, so that no layer
        // is above it.
        double peak = Math.Max(Math.Max(before, types.Max(type => Peak(device, type))), rows.Max(row => row.GFlops));
        return [.. rows.Select(row => row with { ShareOfPeak = row.GFlops / peak })];
    }

    /// <summary>Measures the layers in the order they are computed in; those of a fused block have one row.</summary>
    private static List<LayerTiming> Layers(
        Network network,
        TrainingSettings settings,
        Device device,
        Tensor images,
        int rounds,
        CancellationToken stop
    )
    {
        using var random = new Generator(1, device);
        var context = new ForwardContext(Training: true, random, settings.Precision == Precision.BFloat16);
        LayerModule[] order = [.. network.ExecutionOrder, .. network.Modules.Except(network.ExecutionOrder)]; // those left over: softmax
        NetworkLayer[] layers = [.. order.Select(module => network.Modules.Zip(network.Layers).First(pair => pair.First == module).Second)];
        var rows = new List<LayerTiming>();
        Tensor input = images.alias();
        int at = 0;
        using (NewDisposeScope())
        {
            if (FusedTimer.For(network, settings, device, images) is { } fused)
            {
                using FusedTimer timer = fused.Timer;
                for (int block = 0; block < timer.Lengths.Count; block++)
                {
                    stop.ThrowIfCancellationRequested();
                    (double forward, double backward) = timer.Measure(block, WarmUps, rounds);
                    NetworkLayer[] own = layers[at..(at += timer.Lengths[block])];
                    rows.Add(
                        Row(own, block == 0, own.MaxBy(layer => layer.Index)!.Output, settings.BatchSize, forward, backward, sizeof(short))
                    );
                }
                using Tensor before = input;
                input = fused.Output.MoveToOuterDisposeScope();
            }
        }
        for (; at < order.Length; at++)
        {
            stop.ThrowIfCancellationRequested();
            using Tensor given = input;
            (double forward, double backward, Tensor output) = Time(order[at], given, context, at > 0, rounds, device);
            input = output;
            rows.Add(
                Row(
                    [layers[at]],
                    at == 0,
                    new Shape([.. output.shape.Skip(1).Select(size => (int)size)]),
                    settings.BatchSize,
                    forward,
                    backward,
                    output.ElementSize
                )
            );
        }
        input.Dispose();
        return rows;
    }

    private static (double Forward, double Backward, Tensor Output) Time(
        LayerModule module,
        Tensor input,
        ForwardContext context,
        bool needsInput,
        int rounds,
        Device device
    )
    {
        var forward = new List<double>();
        var backward = new List<double>();
        Tensor? output = null;
        for (int round = -WarmUps; round < rounds; round++)
        {
            using var scope = NewDisposeScope();
            Tensor x = input.detach();
            x.requires_grad = needsInput;
            (double there, Tensor y) = Clock(() => module.Run(x, context), device);
            double back = y.requires_grad
                ? Clock(
                    () =>
                    {
                        y.backward([ones_like(y)]);
                        return y;
                    },
                    device
                ).Milliseconds
                : 0;
            if (round >= 0)
            {
                forward.Add(there);
                backward.Add(back);
            }
            output ??= y.detach().DetachFromDisposeScope();
        }
        return (Median(forward), Median(backward), output!);
    }

    private static LayerTiming Row(
        NetworkLayer[] layers,
        bool first,
        Shape output,
        int batch,
        double forward,
        double backward,
        long bytes
    ) =>
        Row(
            string.Join(' ', layers.Select(layer => layer.Name)),
            string.Join(' ', layers.Select(layer => NetworkSummarizer.TypeOf(layer.Spec))),
            output,
            Operations(layers, backward > 0, first ? layers[0] : null),
            batch,
            forward,
            backward,
            output.Elements * batch * bytes / 1e6
        );

    private static LayerTiming Row(
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

    /// <summary>
    /// Returns the multiply-adds for one sample. Backwards, the gradients of a layer's weights and of its input cost as much as its output
    /// each.
    /// </summary>
    /// <param name="layers">The layers.</param>
    /// <param name="backward">Whether gradients are computed.</param>
    /// <param name="first">The layer whose input is the images, which need no gradient; <see langword="null"/> for none.</param>
    private static long Operations(IEnumerable<NetworkLayer> layers, bool backward, NetworkLayer? first) =>
        layers.Sum(layer =>
            layer.MultiplyAdds
            * (
                !backward ? 1
                : layer == first && layer.Spec is not BlockSpec ? 2
                : 3
            )
        );

    /// <summary>Returns the machine's speed in the product of two large matrices, in GFLOP/s.</summary>
    private static double Peak(Device device, ScalarType type)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        double size = device.type == DeviceType.CUDA ? PeakSizeOnGpu : PeakSize;
        Tensor a = randn((long)size, (long)size, device: device).to(type),
            b = randn((long)size, (long)size, device: device).to(type);
        return Enumerable.Range(0, PeakRounds).Max(_ => 2.0 * size * size * size / Clock(() => a.matmul(b), device).Milliseconds / 1e6);
    }

    private static (double Milliseconds, Tensor Result) Clock(Func<Tensor> work, Device device)
    {
        long began = Stopwatch.GetTimestamp();
        Tensor result = work();
        if (device.type == DeviceType.CUDA)
        {
            cuda.synchronize(device);
        }
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, result);
    }

    /// <summary>Returns the median; the values are sorted.</summary>
    internal static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
