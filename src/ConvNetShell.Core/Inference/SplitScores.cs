using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference;

/// <summary>A network's scores for every image of a split.</summary>
internal sealed class SplitScores
{
    private const int BatchSize = 128;
    private readonly double[] logarithms;

    private SplitScores(MatchedSplit data)
    {
        Data = data;
        logarithms = new double[data.Split.Count * data.Outputs];
    }

    public MatchedSplit Data { get; }

    /// <summary>Gets the number of the network's outputs; a label above them is a class that the network lacks.</summary>
    public int Classes => Data.Outputs;

    public int Count => Data.Split.Count;

    /// <summary>Runs a network over a split.</summary>
    /// <exception cref="NonFiniteOutputException">There is an image with outputs that are not numbers.</exception>
    public static SplitScores Of(MatchedSplit data, string device, CancellationToken stop)
    {
        (Network network, DatasetSplit split) = (data.Network, data.Split);
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        var scores = new SplitScores(data);
        using var noGradients = inference_mode();
        int size = Math.Min(network.Plan.BatchSize(BatchSize), split.Count);
        using var loader = new BatchLoader(split, network.InputStatistics, size, target);
        for (int first = 0; first < split.Count; first += size)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor images = loader.Load([.. Enumerable.Range(first, Math.Min(size, split.Count - first))], []).Images;
            Tensor logits = network.Logits(images, new ForwardContext(Training: false)).to(ScalarType.Float64);
            nn.functional.log_softmax(logits, 1)
                .cpu()
                .contiguous()
                .data<double>()
                .ToArray()
                .CopyTo(scores.logarithms, first * scores.Classes);
        }
        scores.CheckNumbers();
        return scores;
    }

    /// <summary>Divides the outputs by a temperature.</summary>
    public void Scale(double temperature)
    {
        for (int image = 0; image < Count; image++)
        {
            TemperatureScaling.Apply(logarithms.AsSpan(image * Classes, Classes), temperature);
        }
    }

    /// <summary>Returns the logarithms of an image's probabilities.</summary>
    public ReadOnlySpan<double> Logarithms(int image) => logarithms.AsSpan(image * Classes, Classes);

    /// <summary>Returns a probability; that of a class the network lacks is 0.</summary>
    public double Probability(int image, int label) => Knows(label) ? Math.Exp(logarithms[image * Classes + label]) : 0;

    /// <summary>Returns an image's label, an index into the names of the matched split.</summary>
    public int Label(int image) => Data.Split.LabelArray[image];

    /// <summary>Returns whether a label is one of the network's classes.</summary>
    public bool Knows(int label) => label < Classes;

    /// <summary>Returns the likeliest class of an image; of equal ones the first.</summary>
    public int Predicted(int image)
    {
        ReadOnlySpan<double> row = Logarithms(image);
        int best = 0;
        for (int i = 1; i < row.Length; i++)
        {
            best = row[i] > row[best] ? i : best;
        }
        return best;
    }

    /// <exception cref="NonFiniteOutputException">There is an image with outputs that are not numbers.</exception>
    private void CheckNumbers()
    {
        int wrong = Enumerable.Range(0, Count).Count(image => double.IsNaN(logarithms[image * Classes]));
        if (wrong > 0)
        {
            throw new NonFiniteOutputException(Data.Network.Name, wrong, Count);
        }
    }
}
