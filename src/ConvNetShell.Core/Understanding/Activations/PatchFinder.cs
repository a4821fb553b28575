using System.Globalization;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Activations;

/// <summary>Finds the pieces of a dataset's images that excite units most (Zeiler and Fergus, arXiv 1311.2901).</summary>
public static class PatchFinder
{
    private const int BatchSize = 128;

    /// <summary>Returns the images with the largest values of each unit, one value an image, cut to the value's receptive field.</summary>
    /// <param name="network">The network; it is moved to the device.</param>
    /// <param name="layer">The layer's name; layers of blocks too (res1.conv1).</param>
    /// <param name="units">The channels, or of a dense layer the units, from 0; <see langword="null"/> for all.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">One of its splits.</param>
    /// <param name="top">How many images a unit.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present batch.</param>
    /// <returns>The patches, unit by unit and rank by rank.</returns>
    /// <exception cref="InvalidSettingException">The layer, unit or device does not exist.</exception>
    /// <exception cref="ShapeMismatchException">The images do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<MaximalPatch> Find(
        Network network,
        string layer,
        IReadOnlyList<int>? units,
        Dataset dataset,
        DatasetSplit split,
        int top = 9,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        NetworkLayer found = network.Plan.Find(layer);
        int[] wanted = Units(found, units);
        if (!network.InputShape.Equals(split.Shape))
        {
            throw new ShapeMismatchException(
                $"The images of {dataset.Name} do not fit the network {network.Name}",
                network.InputShape.ToString(),
                split.Shape.ToString()
            );
        }
        var best = wanted.ToDictionary(unit => unit, _ => new PriorityQueue<(int Image, int Position), (float Value, int Image)>());
        EachBatch(
            network,
            found,
            split,
            ComputeDevice.Choose(device),
            stop,
            (first, values, positions, channels) =>
            {
                foreach (int unit in wanted)
                {
                    for (int i = 0; i < values.Length / channels; i++)
                    {
                        // Of equal values the earlier image stays: the queue gives up the later one first.
                        best[unit].Enqueue((first + i, (int)positions[i * channels + unit]), (values[i * channels + unit], -(first + i)));
                        if (best[unit].Count > top)
                        {
                            best[unit].Dequeue();
                        }
                    }
                }
            }
        );
        var cutter = new PatchCutter(network, found);
        return [.. wanted.SelectMany(unit => Describe(cutter, found, unit, best[unit], dataset, split))];
    }

    private static IEnumerable<MaximalPatch> Describe(
        PatchCutter cutter,
        NetworkLayer layer,
        int unit,
        PriorityQueue<(int Image, int Position), (float Value, int Image)> queue,
        Dataset dataset,
        DatasetSplit split
    )
    {
        int rank = 0;
        foreach (((int image, int index), (float value, _)) in queue.UnorderedItems.OrderByDescending(item => item.Priority))
        {
            ImageSample sample = ImageSamples.FromSplit(dataset, split, image);
            int[] position = cutter.Position(index);
            int[][] region = cutter.Region(position);
            yield return new MaximalPatch(
                layer.Name,
                unit,
                ++rank,
                value,
                sample.Source,
                sample.Class,
                position,
                region,
                cutter.Cut(sample, region)
            )
            {
                Sample = sample,
            };
        }
    }

    private static void EachBatch(
        Network network,
        NetworkLayer layer,
        DatasetSplit split,
        Device device,
        CancellationToken stop,
        Action<int, float[], long[], int> use
    )
    {
        using IDisposable stay = network.On(device);
        using var noGradients = inference_mode();
        int size = Math.Min(network.Plan.BatchSize(BatchSize), split.Count);
        using var loader = new BatchLoader(split, network.InputStatistics, size, device);
        for (int first = 0; first < split.Count; first += size)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor images = loader.Load([.. Enumerable.Range(first, Math.Min(size, split.Count - first))], []).Images;
            Tensor output = LayerPass.Run(network, images).Output(layer);
            (Tensor values, Tensor positions) =
                output.dim() > 2 ? output.flatten(2).max(2) : (output, zeros_like(output, ScalarType.Int64));
            use(
                first,
                values.cpu().contiguous().data<float>().ToArray(),
                positions.cpu().contiguous().data<long>().ToArray(),
                layer.Output.Channels
            );
        }
    }

    private static int[] Units(NetworkLayer layer, IReadOnlyList<int>? units)
    {
        int count = layer.Output.Channels;
        foreach (int unit in units ?? [])
        {
            if ((uint)unit >= (uint)count)
            {
                throw new InvalidSettingException(
                    "Unit",
                    string.Create(CultureInfo.InvariantCulture, $"from 0 to {count - 1} for {layer.Name} ({layer.Output})"),
                    unit
                );
            }
        }
        return units is null ? [.. Enumerable.Range(0, count)] : [.. units.Distinct()];
    }
}
