using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Benchmark.Contenders;

/// <summary>What Measure-Accuracy runs, on a split of one batch.</summary>
internal sealed class AccuracyContender : IContender
{
    public string Name => "measure-accuracy";

    public bool TunedAllocator => true;

    public double Measure(Workload work)
    {
        using Network network = work.Make();
        Dataset data = work.MakeImages(work.Batch);
        return work.Batch * Pace.Of(() => Evaluator.Measure(MatchedSplit.Of(network, data, data.Train)));
    }
}
