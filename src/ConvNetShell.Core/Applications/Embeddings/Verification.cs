using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Embeddings;

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>Measures how well a network says whether two images show the same class.</summary>
public static class Verification
{
    /// <summary>The pairs that are drawn where no number is given.</summary>
    public const int DefaultPairs = 10_000;

    /// <summary>The rate of false accepts at which the rate of true accepts is read.</summary>
    public const double FalseAcceptLimit = 0.01;

    /// <summary>Measures on pairs of a split, drawn at random: half of the same class and half of different ones.</summary>
    /// <param name="network">The network.</param>
    /// <param name="dataset">The dataset; where no threshold is given, one is chosen on its Validation split.</param>
    /// <param name="split">The images.</param>
    /// <param name="options">Pairs, threshold, seed and device.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>The report.</returns>
    /// <exception cref="InvalidSettingException">The split has no pair of one of the two kinds.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static VerificationReport Measure(
        Network network,
        Dataset dataset,
        DatasetSplit split,
        VerificationOptions options,
        CancellationToken stop = default
    )
    {
        int[] labels = split.LabelArray;
        (int First, int Second)[] chosen = VerificationPairs.Draw(labels, options.Pairs, new SeededRandom(options.Seed));
        bool[] isSame = [.. chosen.Select(pair => labels[pair.First] == labels[pair.Second])];
        RequireBothKinds(isSame, $"{dataset.Name} {split.Name}");
        float[][] vectors = EmbeddingReader.Vectors(network, split, dataset.Name, options.Device, stop);
        (double threshold, string from) = Threshold(network, dataset, options, stop);
        var pairs = new VerificationPairs(vectors, chosen, isSame);
        VerificationReport report = Report(network, pairs, threshold, pair => (labels[pair.First], labels[pair.Second]), options, stop) with
        {
            Dataset = dataset.Name,
            Split = split.Name,
            Classes = labels.Distinct().Count(),
            ThresholdFrom = from,
            PixelAuc = new VerificationCurve(new VerificationPairs(PixelVectors.Of(split), chosen, isSame)).Auc,
        };
        return options.Groups is { } groups ? GroupedVerification.Add(report, vectors, labels, groups, options, stop) : report;
    }

    /// <summary>Measures on given pairs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="pairs">The pairs, their images in the size of the network's input.</param>
    /// <param name="dataset">The dataset whose Validation split chooses the threshold; <see langword="null"/> chooses it on the pairs
    /// themselves.</param>
    /// <param name="options">Threshold, seed and device.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>The report.</returns>
    /// <exception cref="InvalidSettingException">There is no pair of one of the two kinds.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static VerificationReport Measure(
        Network network,
        IReadOnlyList<ImagePair> pairs,
        Dataset? dataset,
        VerificationOptions options,
        CancellationToken stop = default
    )
    {
        bool[] isSame = [.. pairs.Select(pair => pair.Same)];
        RequireBothKinds(isSame, "the pairs");
        DatasetSplit images = NetworkInput.Split(network, [.. pairs.SelectMany(pair => new[] { pair.First, pair.Second })]);
        (int First, int Second)[] indices = [.. pairs.Select((_, index) => (2 * index, (2 * index) + 1))];
        var scored = new VerificationPairs(EmbeddingReader.Vectors(network, images, "The pairs", options.Device, stop), indices, isSame);
        (double threshold, string from) =
            dataset is null && options.Threshold is null
                ? (new VerificationCurve(scored).BestThreshold, "Pairs")
                : Threshold(network, dataset!, options, stop);
        return Report(network, scored, threshold, pair => (pair.First / 2, pair.First / 2), options, stop) with
        {
            Dataset = "Pairs",
            ThresholdFrom = from,
            PixelAuc = new VerificationCurve(new VerificationPairs(PixelVectors.Of(images), indices, isSame)).Auc,
        };
    }

    private static VerificationReport Report(
        Network network,
        VerificationPairs pairs,
        double threshold,
        Func<(int First, int Second), (int, int)> units,
        VerificationOptions options,
        CancellationToken stop
    )
    {
        var curve = new VerificationCurve(pairs);
        (double falseAccepts, double trueAccepts) = curve.At(threshold);
        VerificationIntervals intervals = VerificationIntervals.Of(pairs, units, options.Seed, stop);
        int same = pairs.Same.Count(isSame => isSame);
        return new VerificationReport(
            network.Name,
            string.Empty,
            string.Empty,
            0,
            same,
            pairs.Same.Length - same,
            curve.Auc,
            curve.EqualErrorRate,
            curve.TrueAcceptRate(FalseAcceptLimit),
            threshold,
            falseAccepts,
            1 - trueAccepts,
            VerificationCharts.Roc(curve),
            VerificationCharts.Bins(pairs)
        )
        {
            AucLow = intervals.Auc.Low,
            AucHigh = intervals.Auc.High,
            EqualErrorLow = intervals.EqualError.Low,
            EqualErrorHigh = intervals.EqualError.High,
            TrueAcceptLow = intervals.TrueAccept.Low,
            TrueAcceptHigh = intervals.TrueAccept.High,
        };
    }

    /// <summary>Returns the given threshold, or the best one of Validation (of Train where there is none).</summary>
    private static (double Threshold, string From) Threshold(
        Network network,
        Dataset dataset,
        VerificationOptions options,
        CancellationToken stop
    )
    {
        if (options.Threshold is double given)
        {
            return (given, "given");
        }
        DatasetSplit split = dataset.Validation ?? dataset.Train,
            part = VerificationPairs.Part(split, options.Seed);
        var curve = new VerificationCurve(
            VerificationPairs.All(EmbeddingReader.Vectors(network, part, dataset.Name, options.Device, stop), part.LabelArray)
        );
        return double.IsNaN(curve.Auc)
            ? throw new InvalidSettingException(
                "Threshold",
                $"given where {dataset.Name} {split.Name} has not both pairs of one class and pairs of two",
                null
            )
            : (curve.BestThreshold, split.Name);
    }

    private static void RequireBothKinds(bool[] isSame, string what)
    {
        if (Array.TrueForAll(isSame, same => same) || !Array.Exists(isSame, same => same))
        {
            throw new InvalidSettingException(
                "Pairs",
                $"of both kinds, of the same class and of different ones, in {what}",
                FormattableString.Invariant($"{isSame.Count(same => same)} same and {isSame.Count(same => !same)} different")
            );
        }
    }
}
