using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display;

namespace ConvNetShell.Core.Understanding.Comparison;

/// <summary>Compares two networks on the same images.</summary>
public static class NetworkComparer
{
    /// <summary>Runs both networks over a split and tests whether one is better.</summary>
    /// <param name="first">A network; it is moved to the device.</param>
    /// <param name="second">Another network, of the same input and classes.</param>
    /// <param name="split">The images and their labels.</param>
    /// <param name="datasetName">The dataset's name, for the report.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present batch.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ShapeMismatchException">The images or the labels do not fit a network.</exception>
    /// <exception cref="InvalidSettingException">The networks know different classes, the split has no image, or this machine lacks the
    /// device.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static NetworkComparison Compare(
        Network first,
        Network second,
        DatasetSplit split,
        string datasetName,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        if (first.Classes.Count > 0 && second.Classes.Count > 0 && !first.Classes.SequenceEqual(second.Classes))
        {
            throw new InvalidSettingException(
                "-Other",
                $"a network of the same classes in the same order: {string.Join(", ", first.Classes)}",
                string.Join(", ", second.Classes)
            );
        }
        SplitScores one = SplitScores.Of(first, split, datasetName, device, stop),
            two = SplitScores.Of(second, split, datasetName, device, stop);
        var onlyFirst = new List<int>();
        var onlySecond = new List<int>();
        int both = 0;
        for (int image = 0; image < split.Count; image++)
        {
            bool right = one.Told(image) == one.Label(image),
                rightToo = two.Told(image) == two.Label(image);
            both += right && rightToo ? 1 : 0;
            if (right != rightToo)
            {
                (right ? onlyFirst : onlySecond).Add(image);
            }
        }
        (string test, double p) = McNemar.Test(onlyFirst.Count, onlySecond.Count);
        (double low, double high) = McNemar.Interval(onlyFirst.Count, onlySecond.Count, split.Count);
        return new NetworkComparison(
            first.Name,
            second.Name,
            datasetName,
            split.Name,
            both,
            onlyFirst,
            onlySecond,
            split.Count - both - onlyFirst.Count - onlySecond.Count,
            test,
            p,
            low,
            high
        );
    }
}
