using System.Diagnostics;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Losses;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;
using static TorchSharp.torch; // Device

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Measures the cost of a run by a few steps on a copy of the network. Nothing is changed or written.</summary>
public static class TrainingPlanner
{
    private const int MostValidationImages = 512,
        KeptBesideTop = 2; // the start and the latest

    /// <summary>Tries a run.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="dataset">The data.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="batches">The batches to try; the first also warms up and does not count towards the time where there are more.</param>
    /// <param name="callback">Receives warnings, or <see langword="null"/>.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ConvNetException">Whatever would keep the run from beginning, or make its first losses no numbers.</exception>
    public static TrainingPlan Plan(
        Network network,
        Dataset dataset,
        TrainingSettings settings,
        int batches = 3,
        ITrainingCallback? callback = null,
        CancellationToken stop = default
    )
    {
        (Dataset matched, TrainingSettings fitting) = Trainer.Match(network, dataset, settings);
        (Dataset data, TrainingSettings used, _) = Trainer.Check(network, matched, fitting);
        using Network copy = network.Copy();
        var watch = new StepClock(callback);
        TrainingSettings trial = fitting with
        {
            Epochs = 1,
            WarmupEpochs = 0,
            Schedule = ScheduleKind.Constant,
            MaxSteps = batches,
            MaxTime = null,
            Patience = 0,
            Checkpoints = null,
            KeepLast = true,
            ValidationFraction = 0,
        };
        var few = data.WithSplits(data.Train, null, null);
        TrainingRun run = Trainer.Train(copy, few, trial with { OverfitBatches = 0, TrainFraction = 1 }, watch, stop);
        var plan = new BatchPlan(data.Train.Count, used.BatchSize, used.DropLast);
        double epoch = watch.StepSeconds * plan.Steps + (batches > 1 ? SecondsOfValidation(run, data, stop) : 0);
        return new TrainingPlan(
            network.Name,
            data.ToString(),
            used.ToString(),
            run.Device,
            network.ParameterCount,
            plan.Steps,
            used.Epochs,
            watch.Steps,
            epoch,
            double.IsNaN(epoch) ? TimeSpan.Zero : TimeSpan.FromSeconds(epoch * used.Epochs),
            PeakMemory(),
            used.Checkpoints is { } wanted ? (wanted.KeepTop + KeptBesideTop) * BytesOfCheckpoint(network, used) : 0,
            !used.LearnsClasses ? double.NaN : Math.Log(data.Classes.Count),
            watch.FirstLoss,
            NetworkInspector.Inspect(network.Layers.Select(layer => layer.Spec), network.InputShape, data, isEmbedding: !used.LearnsClasses)
        );
    }

    private static double SecondsOfValidation(TrainingRun run, Dataset data, CancellationToken stop)
    {
        if (data.Validation is not { } split)
        {
            return 0;
        }
        DatasetSplit part = split.Count <= MostValidationImages ? split : split.Take([.. Enumerable.Range(0, MostValidationImages)]);
        var clock = Stopwatch.StartNew();
        Device device = ComputeDevice.Choose(run.Device);
        long count;
        if (run.Settings.LearnsCaptions)
        {
            count = CaptionValidation.Of(run.Network, part, device, stop).Count;
        }
        else
        {
            using LossAccumulator meter = Evaluator.Loss(run.Network, part, device, stop);
            count = meter.Count;
        }
        return clock.Elapsed.TotalSeconds * split.Count / Math.Max(count, 1);
    }

    /// <summary>Weights, the best weights, the optimizer's tensors and the average: all are of the weights' size.</summary>
    private static long BytesOfCheckpoint(Network network, TrainingSettings settings)
    {
        int optimizer = settings.Optimizer == OptimizerKind.SGD ? 1 : 2,
            average = settings.Average == AverageKind.None ? 0 : 1;
        return network.ParameterCount * sizeof(float) * (2 + optimizer + average);
    }

    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>Measures steps from one callback to the next.</summary>
    private sealed class StepClock(ITrainingCallback? inner) : ITrainingCallback
    {
        private readonly Stopwatch clock = new();
        private double first,
            last;

        public int Steps { get; private set; }

        public double FirstLoss { get; private set; } = double.NaN;

        public double StepSeconds => Steps > 1 ? (last - first) / (Steps - 1) : double.NaN; // the first step also warms up

        public void OnBegin(TrainingRun run) => clock.Start();

        public void OnStep(in StepProgress progress)
        {
            if (++Steps == 1)
            {
                (first, FirstLoss) = (clock.Elapsed.TotalSeconds, progress.Loss);
            }
            inner?.OnStep(progress);
            last = clock.Elapsed.TotalSeconds;
        }

        public void OnWarning(string text) => inner?.OnWarning(text);
    }
}
