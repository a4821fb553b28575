using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Understanding.Comparison;

/// <summary>Compares two networks on the same images.</summary>
public static class NetworkComparer
{
    /// <summary>Runs two networks over the same images and tests whether one is better.</summary>
    /// <param name="first">A network and the images; the network is moved to the device.</param>
    /// <param name="second">Another network and the same images; its classes may have another order.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present batch.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="InvalidSettingException">There is no such device.</exception>
    /// <exception cref="NonFiniteOutputException">Outputs of a network are not numbers.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static NetworkComparison Compare(
        MatchedSplit first,
        MatchedSplit second,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        SplitScores one = SplitScores.Of(first, device, stop),
            two = SplitScores.Of(second, device, stop);
        int count = one.Count;
        var onlyFirst = new List<int>();
        var onlySecond = new List<int>();
        int both = 0;
        for (int image = 0; image < count; image++)
        {
            bool right = one.Predicted(image) == one.Label(image),
                rightToo = two.Predicted(image) == two.Label(image);
            both += right && rightToo ? 1 : 0;
            if (right != rightToo)
            {
                (right ? onlyFirst : onlySecond).Add(image);
            }
        }
        (string test, double p) = McNemar.Test(onlyFirst.Count, onlySecond.Count);
        (double low, double high) = McNemar.Interval(onlyFirst.Count, onlySecond.Count, count);
        return new NetworkComparison(
            first.Network.Name,
            second.Network.Name,
            first.Dataset.Name,
            first.Source.Name,
            both,
            onlyFirst,
            onlySecond,
            count - both - onlyFirst.Count - onlySecond.Count,
            test,
            p,
            low,
            high
        );
    }
}
