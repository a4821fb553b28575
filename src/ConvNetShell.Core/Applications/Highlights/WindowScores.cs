using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Streams;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Applications.Highlights;

/// <summary>The evidence of either stream for a highlight, in each window of a split.</summary>
internal sealed class WindowScores
{
    /// <summary>The class that is looked for.</summary>
    public const string Class = "highlight";

    private const int BatchSize = 64;

    private readonly double bias;

    private WindowScores(double[] picture, double[] sound, double bias) => (Picture, Sound, this.bias) = (picture, sound, bias);

    /// <summary>Gets what the picture adds to the logarithm of the odds, less its mean over the windows; 0 where it is not seen.</summary>
    public double[] Picture { get; }

    /// <summary>Gets what the sound adds.</summary>
    public double[] Sound { get; }

    /// <summary>Runs a network over windows.</summary>
    /// <exception cref="InvalidSettingException">The network has no streams that add up, or no class highlight.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static WindowScores Of(Network network, DatasetSplit split, string device, CancellationToken stop)
    {
        StreamFeatures features = StreamFeatures.Of(network);
        int highlight = ClassIndex(network);
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        using var noGradients = inference_mode();
        using var loader = new BatchLoader(split, network.InputStatistics, Math.Min(BatchSize, split.Count), target);
        double[] picture = new double[split.Count],
            sound = new double[split.Count];
        double bias = 0;
        foreach (int[] batch in Enumerable.Range(0, split.Count).Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            LayerPass pass = LayerPass.Run(network, loader.Load(batch, []).Images);
            Tensor values = pass.Input(features.Head).flatten(1).to(ScalarType.Float64);
            IReadOnlyList<Layers.NamedTensor> weights = pass.Module(features.Head).Parameters;
            Tensor direction = Difference(weights[0].Value, highlight);
            bias = weights.Count > 1 ? Difference(weights[1].Value, highlight).item<double>() : 0;
            foreach ((StreamKind stream, int first, int count) in features.Parts)
            {
                Tensor sums = values.narrow(1, first, count).mv(direction.narrow(0, first, count));
                sums.cpu().data<double>().ToArray().CopyTo(stream == StreamKind.Picture ? picture : sound, batch[0]);
            }
        }
        return new WindowScores(Centered(picture, ref bias), Centered(sound, ref bias), bias);
    }

    /// <summary>Returns the probability of a highlight in each window by the evidence of some streams.</summary>
    public double[] Probabilities(HighlightStream stream) => [.. Enumerable.Range(0, Picture.Length).Select(i => Probability(i, stream))];

    /// <summary>Returns the fraction of the evidence for a highlight that comes from the picture; NaN where no stream has any.</summary>
    public double PictureShare(int window)
    {
        double seen = Math.Max(0, Picture[window]),
            heard = Math.Max(0, Sound[window]);
        return seen / (seen + heard);
    }

    /// <summary>Returns which output of a network is the class.</summary>
    /// <exception cref="InvalidSettingException">It was not trained to find highlights.</exception>
    public static int ClassIndex(Network network)
    {
        int index = network.Classes.ToList().IndexOf(Class);
        return index >= 0 && network.Classes.Count == 2
            ? index
            : throw new InvalidSettingException(
                "Network",
                $"a network with two classes, one of them {Class}, as training on Matches gives",
                network.Classes.Count == 0 ? $"{network.Name}, untrained" : $"{network.Name}: {string.Join(", ", network.Classes)}"
            );
    }

    private double Probability(int window, HighlightStream stream)
    {
        double odds =
            bias + (stream == HighlightStream.Sound ? 0 : Picture[window]) + (stream == HighlightStream.Picture ? 0 : Sound[window]);
        return 1 / (1 + Math.Exp(-odds));
    }

    private static double[] Centered(double[] values, ref double bias)
    {
        double mean = values.Average();
        bias += mean;
        return [.. values.Select(value => value - mean)];
    }

    /// <summary>Returns the weights of the class less those of the other.</summary>
    private static Tensor Difference(Tensor weights, int highlight) =>
        (weights.select(0, highlight) - weights.select(0, 1 - highlight)).to(ScalarType.Float64);
}
