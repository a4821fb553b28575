using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Benchmark.Contenders;

/// <summary>What Get-Prediction runs, on images from 0 to 255 in memory.</summary>
internal sealed class PredictionContender : IContender
{
    public string Name => "get-prediction";

    public bool TunedAllocator => true;

    public double Measure(Workload work)
    {
        using Network network = work.Make();
        Dataset data = work.MakeImages(work.Batch);
        ImageSample[] images = [.. Enumerable.Range(0, work.Batch).Select(i => ImageSamples.FromSplit(data, data.Train, i))];
        return work.Batch * Pace.Of(() => Predictor.Predict(network, images));
    }
}
