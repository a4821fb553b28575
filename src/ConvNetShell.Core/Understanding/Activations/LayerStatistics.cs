using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Activations;

/// <summary>
/// Measures how the layers of a network behave on data. The network is not changed: running averages stay, and dropout drops nothing.
/// </summary>
public static class LayerStatistics
{
    private const int BatchSize = 64;

    /// <summary>Measures all layers, those within blocks too.</summary>
    /// <param name="data">The network, which is moved to the device, and the images, all of classes that the network knows.</param>
    /// <param name="learningRate">The learning rate that update ratios are worked out with.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present batch.</param>
    /// <returns>One record a layer, in order.</returns>
    /// <exception cref="InvalidSettingException">The learning rate is not above 0, or there is no such device.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<LayerMeasure> Measure(
        MatchedSplit data,
        double learningRate,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        if (!(learningRate > 0 && double.IsFinite(learningRate)))
        {
            throw new InvalidSettingException("LearningRate", "a finite number above 0", learningRate);
        }
        (Network network, DatasetSplit split) = (data.Network, data.Split);
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        using var scope = NewDisposeScope();
        LayerAccumulator[] tallies = [.. network.Plan.AllLayers.Select(layer => new LayerAccumulator(layer))];
        Tensor[] parameters = [.. network.Parameters.Select(parameter => parameter.Value)];
        Tensor[] gradients = [.. parameters.Select(parameter => zeros_like(parameter))];
        int size = Math.Min(network.Plan.BatchSize(BatchSize), split.Count);
        using (var loader = new BatchLoader(split, network.InputStatistics, size, target))
        {
            for (int first = 0; first < split.Count; first += size)
            {
                stop.ThrowIfCancellationRequested();
                using var step = NewDisposeScope();
                (Tensor images, Tensor labels) = loader.Load([.. Enumerable.Range(first, Math.Min(size, split.Count - first))], []);
                Batch(network, images, labels, split.Count, tallies, parameters, gradients);
            }
        }
        return [.. tallies.Select(tally => tally.Report(Weights(network, tally.Layer, gradients), learningRate))];
    }

    private static void Batch(
        Network network,
        Tensor images,
        Tensor labels,
        int count,
        LayerAccumulator[] tallies,
        Tensor[] parameters,
        Tensor[] gradients
    )
    {
        // Layers without weights before the first with some need a gradient too: it starts at the images.
        LayerPass pass = LayerPass.Run(network, images.detach().requires_grad_());
        Tensor loss = nn.functional.cross_entropy(pass.Logits, labels, reduction: nn.Reduction.Sum);
        Tensor[] outputs = [.. tallies.Select(tally => pass.Output(tally.Layer))];
        int reached = network.EndsInSoftmax ? outputs.Length - 1 : outputs.Length; // the loss is computed from the input of the softmax
        int[] trained = [.. Enumerable.Range(0, parameters.Length).Where(i => parameters[i].requires_grad)];
        Tensor?[] all = Gradients.Of(loss, [.. outputs[..reached], .. trained.Select(i => parameters[i])]);
        for (int i = 0; i < tallies.Length; i++)
        {
            using var inner = NewDisposeScope();
            tallies[i].Add(outputs[i].detach(), i < reached ? all[i] : null);
        }
        for (int i = 0; i < trained.Length; i++)
        {
            gradients[trained[i]].AddInPlace(all[reached + i]!, 1.0 / count); // frozen layers have none
        }
    }

    /// <summary>Returns the root mean squares of a layer's weights and of their gradients; of a block those of all layers within.</summary>
    private static (double Weight, double Gradient)? Weights(Network network, NetworkLayer layer, Tensor[] gradients)
    {
        int[] own =
        [
            .. Enumerable
                .Range(0, gradients.Length)
                .Where(i =>
                    network.Parameters[i].Value.dim() > 1
                    && network.Parameters[i].Name.StartsWith(layer.Name + ".", StringComparison.Ordinal)
                ),
        ];
        if (own.Length == 0)
        {
            return null;
        }
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return (Size([.. own.Select(i => network.Parameters[i].Value)]), Size([.. own.Select(i => gradients[i])]));
    }

    private static double Size(Tensor[] tensors)
    {
        double squares = tensors.Sum(values => values.to(ScalarType.Float64).Squared().sum().item<double>());
        return Math.Sqrt(squares / tensors.Sum(values => values.numel()));
    }
}
