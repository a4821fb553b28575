using System.Globalization;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Pictures;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Data.Batches;

/// <summary>
/// Makes pictures of a batch as a network sees it in training: chosen at random and changed at random, but not normalized.
/// </summary>
public static class BatchPictures
{
    /// <summary>Returns a batch as pictures.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="augmentation">The random changes of each image.</param>
    /// <param name="count">How many pictures.</param>
    /// <param name="seed">The seed of the choice and of the changes.</param>
    /// <param name="same">Whether all pictures are of one image, each with its own changes, the unchanged image first.</param>
    /// <param name="index">The image, from 0, where all are of one; <see langword="null"/> for one chosen at random.</param>
    /// <returns>The pictures, with the class and the index of each.</returns>
    /// <exception cref="InvalidSettingException">The image does not exist, or the augmentation does not suit the data.</exception>
    public static PictureGrid Get(Dataset dataset, Augmentation augmentation, int count, int seed, bool same, int? index)
    {
        DatasetSplit split = dataset.Train;
        if (index is int number && (uint)number >= (uint)split.Count)
        {
            throw new InvalidSettingException("Index", FormattableString.Invariant($"from 0 to {split.Count - 1} ({split})"), index);
        }
        var random = new SeededRandom(seed);
        int[] chosen = [.. Enumerable.Range(0, count).Select(_ => random.NextInt(split.Count))];
        if (same)
        {
            Array.Fill(chosen, index ?? chosen[0]);
        }
        float[][] planes = Load(dataset, augmentation, chosen, random, same);
        int[] sizes = [.. split.Shape.Spatial.ToArray()];
        (int height, int width) = sizes.Length switch
        {
            0 => (1, 1),
            1 => (1, sizes[0]),
            _ => (sizes[^2], sizes[^1]),
        };
        int channels = planes[0].Length / (height * width);
        string what = same ? $"Train[{chosen[0]}], {dataset.Classes[split.LabelArray[chosen[0]]]}" : "a training batch";
        return new PictureGrid(
            $"{dataset.Name}: {what}, augmentation: {augmentation}",
            [.. planes.Select((values, i) => new Picture(Caption(dataset, chosen[i], i, same), channels, height, width, values))]
        );
    }

    private static float[][] Load(Dataset dataset, Augmentation augmentation, int[] chosen, SeededRandom random, bool firstAsIs)
    {
        DatasetSplit split = dataset.Train;
        double[] mean = ChannelStatistics.Measure(split).Mean;
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var loader = new BatchLoader(
            split,
            new ChannelStatistics(mean, [.. mean.Select(_ => 1.0)]),
            chosen.Length,
            CPU,
            augmentation
        );
        AugmentationSample[] draws = new AugmentationSampler(augmentation, split.Shape, chosen.Length).For(chosen, 1, random).ToArray();
        Tensor images = loader.Load(chosen, draws).Images;
        Tensor means = tensor(mean, ScalarType.Float32).reshape([1, -1, .. Enumerable.Repeat(1L, split.Shape.Count - 1)]);
        float[] values = images.Plus(means).Clamped(0, 1).contiguous().data<float>().ToArray();
        if (firstAsIs)
        {
            float[] plain = loader.Load(chosen.AsSpan(0, 1), []).Images.Plus(means).Clamped(0, 1).contiguous().data<float>().ToArray();
            plain.CopyTo(values, 0);
        }
        return [.. values.Chunk(values.Length / chosen.Length)];
    }

    private static string Caption(Dataset dataset, int index, int i, bool same) =>
        same
            ? i == 0
                ? "as it is"
                : string.Empty
            : string.Create(CultureInfo.InvariantCulture, $"{dataset.Classes[dataset.Train.LabelArray[index]]}\nTrain[{index}]");
}
