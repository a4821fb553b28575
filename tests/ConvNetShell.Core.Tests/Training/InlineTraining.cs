using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Runs a training on the test's own thread, so that tensors can be counted: TorchSharp counts them by thread.</summary>
internal static class InlineTraining
{
    public static TrainingRun Run(Network network, Dataset dataset, TrainingSettings settings, ITrainingCallback callback)
    {
        (Dataset data, TrainingSettings used, Device device) = Trainer.Check(network, dataset, settings);
        network.Normalization = ChannelStatistics.Measure(data.Train);
        var run = new TrainingRun(network, data, dataset, used, device.ToString());
        using CheckpointFolder? folder = settings.Checkpoints is { } wanted ? CheckpointFolder.Prepare(wanted, isNew: true) : null;
        CheckpointWriter? writer = folder is null ? null : new CheckpointWriter(folder, run);
        using var loop = new TrainingLoop(
            new RunContext(run, new TrainingState(network, used, device, data.Train), device, writer, callback, CancellationToken.None)
        );
        loop.Run();
        return run;
    }
}
