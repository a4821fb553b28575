using System.Diagnostics;
using ConvNetShell.Core.Direct;
using ConvNetShell.Core.Native;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Evaluation;

/// <summary>Measures the convolutions at the start of a network where training computes them in a chain: as there, every thread has its part of the batch.</summary>
internal sealed class ChainTimer : IDisposable
{
    private readonly ConvolutionChain[] chains;
    private readonly ComputeThreads threads;
    private readonly int pictures;

    private ChainTimer(ConvolutionChain[] chains, int pictures)
    {
        (this.chains, this.pictures) = (chains, pictures);
        threads = new ComputeThreads(chains.Length);
    }

    /// <summary>Gets how many of the network's layers each link stands for, in the order they are computed in.</summary>
    public IReadOnlyList<int> Lengths => chains[0].Lengths;

    /// <summary>Runs the chain over a batch, and returns what comes out and what can be measured then; <see langword="null"/> where training has no chain.</summary>
    /// <param name="network">The network.</param>
    /// <param name="settings">The settings, their precision and threads chosen.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="images">The batch.</param>
    public static (ChainTimer Timer, Tensor Output)? For(Network network, TrainingSettings settings, Device device, Tensor images)
    {
        int count = (int)images.shape[0], parts = SplitBatch.Parts(network, settings, device, count), each = settings.Threads / parts, pictures = (count + parts - 1) / parts;
        if (ConvolutionChain.For(network, settings.Precision, device, each, count) is not { } whole)
        {
            return null;
        }
        Tensor output = whole.Forward(images).clone().detach();
        return (new ChainTimer([whole, .. Enumerable.Range(1, parts - 1).Select(_ => ConvolutionChain.For(network, settings.Precision, device, each, pictures)!)], pictures), output);
    }

    /// <summary>Returns the medians of the milliseconds that all threads take for a link, there and back.</summary>
    /// <param name="link">The link.</param>
    /// <param name="warmUps">Rounds that do not count.</param>
    /// <param name="rounds">Rounds that do.</param>
    public (double Forward, double Backward) Measure(int link, int warmUps, int rounds) => (
        Median(chain => All(picture => chain.Forward(link, picture)), warmUps, rounds),
        Median(chain => All(picture => chain.Backward(link, picture)), warmUps, rounds));

    /// <inheritdoc />
    public void Dispose()
    {
        threads.Dispose();
        Array.ForEach(chains, chain => chain.Dispose());
    }

    private void All(Action<int> work)
    {
        for (int picture = 0; picture < pictures; picture++)
        {
            work(picture);
        }
    }

    private double Median(Action<ConvolutionChain> work, int warmUps, int rounds)
    {
        var times = new List<double>();
        for (int round = -warmUps; round < rounds; round++)
        {
            long began = Stopwatch.GetTimestamp();
            threads.Run(thread => work(chains[thread]));
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }
        return NetworkTimer.Median(times);
    }
}
