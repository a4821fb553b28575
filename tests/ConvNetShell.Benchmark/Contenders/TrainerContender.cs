using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Benchmark.Contenders;

/// <summary>ConvNetShell's own path: what Start-Training runs, with augmentation off as the loops have none.</summary>
internal sealed class TrainerContender(string name, Precision precision) : IContender
{
    public string Name => name;

    public bool TunedAllocator => true;

    public double Measure(Workload work)
    {
        using Network network = work.Make();
        TrainingRun run = Trainer.Train(
            network,
            work.MakeImages(),
            new TrainingSettings
            {
                Epochs = 3,
                BatchSize = work.Batch,
                ValidationFraction = 0,
                Precision = precision,
            }
        );
        return run.History.Skip(1).Average(epoch => epoch.ImagesPerSecond); // the first epoch warms up
    }
}
