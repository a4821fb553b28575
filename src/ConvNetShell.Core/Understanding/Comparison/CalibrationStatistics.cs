using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display;

namespace ConvNetShell.Core.Understanding.Comparison;

/// <summary>Measures whether a network's probabilities can be believed.</summary>
public static class CalibrationStatistics
{
    /// <summary>Measures a network on a split.</summary>
    /// <param name="network">The network; it is moved to the device.</param>
    /// <param name="split">The images and their labels.</param>
    /// <param name="datasetName">The dataset's name, for the report.</param>
    /// <param name="bins">The bins of equal width that probabilities fall into.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present batch.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ShapeMismatchException">The images or the labels do not fit the network.</exception>
    /// <exception cref="InvalidSettingException">The number of bins is below 1, there is no image, or the device does not
    /// exist.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static CalibrationReport Measure(
        Network network,
        DatasetSplit split,
        string datasetName,
        int bins = 15,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        if (bins < 1)
        {
            throw new InvalidSettingException("-Bins", "an integer of 1 or more", bins);
        }
        SplitScores scores = SplitScores.Of(network, split, datasetName, device, stop);
        var counts = new int[bins];
        var correct = new int[bins];
        var confidences = new double[bins];
        double loss = 0,
            brier = 0;
        for (int image = 0; image < scores.Count; image++)
        {
            int predicted = scores.Told(image),
                label = scores.Label(image);
            double confidence = scores.Probability(image, predicted);
            int bin = Math.Clamp((int)Math.Ceiling(confidence * bins) - 1, 0, bins - 1);
            counts[bin]++;
            correct[bin] += predicted == label ? 1 : 0;
            confidences[bin] += confidence;
            loss -= scores.Logarithms(image)[label];
            brier += Enumerable.Range(0, scores.Classes).Sum(i => Math.Pow(scores.Probability(image, i) - (i == label ? 1 : 0), 2));
        }
        CalibrationBin[] rows =
        [
            .. counts.Select(
                (count, i) =>
                    new CalibrationBin((double)i / bins, (i + 1.0) / bins, count, confidences[i] / count, (double)correct[i] / count)
            ),
        ];
        CalibrationBin[] used = [.. rows.Where(bin => bin.Count > 0)];
        return new CalibrationReport(
            network.Name,
            datasetName,
            split.Name,
            scores.Count,
            (double)correct.Sum() / scores.Count,
            confidences.Sum() / scores.Count,
            used.Sum(bin => bin.Count * Math.Abs(bin.Gap)) / scores.Count,
            used.Max(bin => Math.Abs(bin.Gap)),
            loss / scores.Count,
            brier / scores.Count,
            rows
        );
    }
}
