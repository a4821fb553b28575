using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.FusedKernels.Winograd;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Profiling;

/// <summary>Measures the layers of a network one by one, each on the output of those before it.</summary>
internal static class LayerTimer
{
    private const int WarmUps = 2;

    /// <summary>Measures the layers in the order they are computed in; those of a fused block share a row.</summary>
    public static List<LayerTiming> Measure(
        Network network,
        TrainingSettings settings,
        Device device,
        Tensor images,
        int rounds,
        CancellationToken stop
    )
    {
        KernelScratch[] scratch = OwnConvolution.IsSupported(device) ? OwnConvolution.Scratch(settings.Threads) : [];
        try
        {
            return Measure(network, settings, device, images, rounds, scratch, stop);
        }
        finally
        {
            Array.ForEach(scratch, own => own.Dispose());
        }
    }

    private static List<LayerTiming> Measure(
        Network network,
        TrainingSettings settings,
        Device device,
        Tensor images,
        int rounds,
        KernelScratch[] scratch,
        CancellationToken stop
    )
    {
        using var random = new Generator(1, device);
        var context = new ForwardContext(Training: true, random, settings.Precision == Precision.BFloat16, Scratch: scratch);
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
                    (double forward, double backward) = timer.Measure(block, WarmUps, rounds, stop);
                    NetworkLayer[] own = layers[at..(at += timer.Lengths[block])];
                    long bytes = fused.Output.ElementSize;
                    rows.Add(Row(own, block > 0, own.MaxBy(layer => layer.Index)!.Output, settings.BatchSize, forward, backward, bytes));
                }
                using Tensor before = input;
                input = fused.Output.MoveToOuterDisposeScope();
            }
        }
        for (; at < order.Length; at++)
        {
            stop.ThrowIfCancellationRequested();
            using Tensor given = input;
            bool needsInput = layers[..at].Any(layer => layer.ParameterCount > 0); // as in a training step
            (double forward, double backward, Tensor output) = Time(order[at], given, context, needsInput, rounds, device, stop);
            input = output;
            rows.Add(
                Row(
                    [layers[at]],
                    needsInput,
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
        Device device,
        CancellationToken stop
    )
    {
        var forward = new List<double>();
        var backward = new List<double>();
        Tensor? output = null;
        for (int round = -WarmUps; round < rounds; round++)
        {
            if (stop.IsCancellationRequested)
            {
                output?.Dispose();
                stop.ThrowIfCancellationRequested();
            }
            using var scope = NewDisposeScope();
            Tensor x = input.detach();
            x.requires_grad = needsInput;
            (double there, Tensor y) = TorchClock.Run(() => module.Run(x, context), device);
            double back = y.requires_grad
                ? TorchClock
                    .Run(
                        () =>
                        {
                            OwnGradients.Run(() => y.backward([ones_like(y)]));
                            return y;
                        },
                        device
                    )
                    .Milliseconds
                : 0;
            if (round >= 0)
            {
                forward.Add(there);
                backward.Add(back);
            }
            output ??= y.detach().DetachFromDisposeScope();
        }
        return (TorchClock.Median(forward), TorchClock.Median(backward), output!);
    }

    private static LayerTiming Row(
        NetworkLayer[] layers,
        bool needsInput,
        Shape output,
        int batch,
        double forward,
        double backward,
        long bytes
    ) =>
        NetworkTimer.Row(
            string.Join(' ', layers.Select(layer => layer.Name)),
            string.Join(' ', layers.Select(layer => NetworkSummarizer.TypeOf(layer.Spec))),
            output,
            OperationCount.Of(layers, backward > 0, needsInput),
            batch,
            forward,
            backward,
            output.Elements * batch * bytes / 1e6
        );
}
