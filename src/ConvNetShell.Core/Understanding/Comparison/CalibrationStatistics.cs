using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Understanding.Comparison;

/// <summary>Measures whether a network's probabilities can be believed.</summary>
public static class CalibrationStatistics
{
    /// <summary>Measures a network on a split.</summary>
    /// <param name="data">The network, which is moved to the device, and the images. An image of a class that the network lacks is wrong
    /// whatever it answers; the mean loss leaves it out.</param>
    /// <param name="bins">The bins of equal width that probabilities fall into.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present batch.</param>
    /// <param name="temperature">What the outputs are divided by before the softmax, above 0.</param>
    /// <returns>The report.</returns>
    /// <exception cref="InvalidSettingException">There is no bin or no such device, or the temperature is not above 0.</exception>
    /// <exception cref="NonFiniteOutputException">Outputs of the network are not numbers.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static CalibrationReport Measure(
        MatchedSplit data,
        int bins = 15,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default,
        double temperature = 1
    )
    {
        if (bins < 1)
        {
            throw new InvalidSettingException("Bins", "an integer of 1 or more", bins);
        }
        TemperatureScaling.Check(temperature);
        SplitScores scores = SplitScores.Of(data, device, stop);
        double fitted = TemperatureScaling.Fit(scores);
        scores.Scale(temperature);
        CalibrationReport report = Measure(data, scores, bins);
        scores.Scale(fitted / temperature);
        CalibrationReport scaled = Measure(data, scores, bins);
        return report with
        {
            Temperature = temperature,
            BestTemperature = fitted,
            BestLoss = scaled.Loss,
            BestExpectedError = scaled.ExpectedError,
        };
    }

    private static CalibrationReport Measure(MatchedSplit data, SplitScores scores, int bins)
    {
        var counts = new int[bins];
        var correct = new int[bins];
        var confidences = new double[bins];
        int known = 0;
        double loss = 0,
            brier = 0;
        for (int image = 0; image < scores.Count; image++)
        {
            int predicted = scores.Predicted(image),
                label = scores.Label(image);
            double confidence = scores.Probability(image, predicted);
            int bin = Math.Clamp((int)Math.Ceiling(confidence * bins) - 1, 0, bins - 1);
            counts[bin]++;
            correct[bin] += predicted == label ? 1 : 0;
            confidences[bin] += confidence;
            if (scores.Knows(label))
            {
                known++;
                loss -= scores.Logarithms(image)[label];
            }
            brier += Enumerable.Range(0, data.Names.Count).Sum(i => Math.Pow(scores.Probability(image, i) - (i == label ? 1 : 0), 2));
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
            data.Network.Name,
            data.Dataset.Name,
            data.Source.Name,
            scores.Count,
            (double)correct.Sum() / scores.Count,
            confidences.Sum() / scores.Count,
            used.Sum(bin => bin.Count * Math.Abs(bin.Gap)) / scores.Count,
            used.Max(bin => Math.Abs(bin.Gap)),
            loss / known,
            brier / scores.Count,
            rows
        );
    }
}
