using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Benchmark.Contenders;

/// <summary>ConvNetShell's own path: what Start-Training runs, with augmentation off as the loops have none.</summary>
internal sealed class TrainerContender(string name, Precision precision) : IContender
{
    private const double LearningRate = 1e-5; // noise has nothing to learn, and with more AlexNet's weights grow beyond float32

    public string Name => name;

    public bool TunedAllocator => true;

    public double Measure(Workload work)
    {
        using Network network = work.Make();
        Dataset images = work.MakeImages();
        double epoch = images.Train.Count / Train(network, images, work.Batch, 2); // what runs often has been compiled once more then
        return Train(network, images, work.Batch, Math.Max(1, (int)(Pace.Measured.TotalSeconds / epoch)));
    }

    /// <summary>Trains an epoch that does not count and others that do.</summary>
    /// <returns>The images of a second.</returns>
    private double Train(Network network, Dataset images, int batch, int epochs)
    {
        var settings = new TrainingSettings
        {
            Epochs = epochs + 1,
            BatchSize = batch,
            ValidationFraction = 0,
            LearningRate = LearningRate,
            Precision = precision,
        };
        return Trainer.Train(network, images, settings).History.Skip(1).Average(epoch => epoch.ImagesPerSecond);
    }
}
