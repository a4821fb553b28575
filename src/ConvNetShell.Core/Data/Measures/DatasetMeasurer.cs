using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Data.Measures;

/// <summary>
/// Measures a dataset before it is trained on: how many images its classes have, and which images come twice. An image of Test that is in
/// Train too is a leak: the accuracy on it says nothing about new images (Barz and Denzler, arXiv 1902.00423, who count images that were
/// cut or colored anew too; here images are compared value by value).
/// </summary>
public static class DatasetMeasurer
{
    /// <summary>
    /// The default tolerance: images that differ less than by 0.02 of the range of their values are those that were stored as JPEG twice,
    /// or brightened a little.
    /// </summary>
    public const double StandardTolerance = 0.02;

    /// <summary>Measures the splits.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="tolerance">
    /// How far two images may differ and be the same: the root mean square of the differences of their values, which count from 0 to 1.
    /// 0 finds equal images only, and quickly; else all pairs of images are compared, in a time that grows with the square of their number.
    /// </param>
    /// <param name="top">The most duplicates of a split that are kept with their pictures: other labels first, then leaks.</param>
    /// <param name="progress">Gets how many images have been compared.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>One record a split.</returns>
    /// <exception cref="InvalidSettingException">The tolerance is not from 0 to 1.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<SplitMeasure> Measure(
        Dataset dataset,
        double tolerance = StandardTolerance,
        int top = 100,
        IProgress<DataProgress>? progress = null,
        CancellationToken stop = default
    )
    {
        if (!(tolerance is >= 0 and <= 1))
        {
            throw new InvalidSettingException("Tolerance", "from 0 (equal images) to 1 (all images)", tolerance);
        }
        IReadOnlyList<DatasetSplit> splits = dataset.Splits;
        int total = splits.Sum(split => split.Count);
        IReadOnlyList<DuplicateImage> found = new DuplicateFinder(splits, tolerance).Find(
            done => progress?.Report(new DataProgress($"Comparing the images of {dataset.Name}", done, total, "images")),
            stop
        );
        var samples = new Dictionary<int, ImageSample>();
        return [.. splits.Select((split, index) => Measure(dataset, index, found, top, samples))];
    }

    private static SplitMeasure Measure(
        Dataset dataset,
        int index,
        IReadOnlyList<DuplicateImage> found,
        int top,
        Dictionary<int, ImageSample> samples
    )
    {
        IReadOnlyList<DatasetSplit> splits = dataset.Splits;
        DatasetSplit split = splits[index];
        int first = splits.Take(index).Sum(earlier => earlier.Count);
        DuplicateImage[] own = [.. found.Where(pair => pair.Image >= first && pair.Image < first + split.Count)];
        int[] counts = [.. split.Labels.CountBy(label => label).Select(count => count.Value)];
        ChannelStatistics statistics = ChannelStatistics.Measure(split);
        double mean = statistics.Mean.Average();
        return new SplitMeasure(
            dataset.Name,
            split.Name,
            split.Count,
            counts.Length,
            counts.Min(),
            counts.Max(),
            mean,
            Math.Sqrt(statistics.Mean.Zip(statistics.StandardDeviation, (m, d) => (d * d) + ((m - mean) * (m - mean))).Average()),
            own.Count(pair => pair.Earlier >= first),
            own.Count(pair => pair.Earlier < first),
            own.Count(IsConflict)
        )
        {
            Duplicates =
            [
                .. own.OrderByDescending(IsConflict)
                    .ThenByDescending(pair => pair.Earlier < first)
                    .Take(top)
                    .Select(pair => new DuplicatePair(Sample(pair.Image), Sample(pair.Earlier), pair.Difference)),
            ],
        };

        bool IsConflict(DuplicateImage pair) => Label(pair.Image) != Label(pair.Earlier);

        int Label(int image)
        {
            (DatasetSplit owner, int at) = Find(splits, image);
            return owner.Labels[at];
        }

        ImageSample Sample(int image)
        {
            if (!samples.TryGetValue(image, out ImageSample? sample))
            {
                (DatasetSplit owner, int at) = Find(splits, image);
                samples[image] = sample = ImageSamples.FromSplit(dataset, owner, at);
            }
            return sample;
        }
    }

    /// <summary>Returns the split of an image that is counted through the splits, and its index there.</summary>
    internal static (DatasetSplit Split, int Index) Find(IReadOnlyList<DatasetSplit> splits, int image)
    {
        int split = 0;
        while (image >= splits[split].Count)
        {
            image -= splits[split].Count;
            split++;
        }
        return (splits[split], image);
    }
}
