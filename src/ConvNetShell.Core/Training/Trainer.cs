using System.Diagnostics;
using ConvNetShell.Core.Data;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Evaluation;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training;

/// <summary>Trains a network on a dataset, on the thread that calls it.</summary>
public sealed class Trainer
{
    private static readonly ITrainingCallback Nobody = new SilentCallback();
    private readonly TrainingRun run;
    private readonly ITrainingCallback callback;
    private readonly CancellationToken stop;
    private readonly TrainingSettings settings;
    private readonly Network network;
    private readonly Device device;
    private readonly SeededRandom order, draws;
    private readonly Stopwatch clock = new();

    private Trainer(TrainingRun run, Device device, ITrainingCallback? callback, CancellationToken stop)
    {
        this.run = run;
        this.device = device;
        this.callback = callback ?? Nobody;
        this.stop = stop;
        settings = run.Settings;
        network = run.Network;
        order = new SeededRandom(settings.Seed);
        draws = new SeededRandom(settings.Seed ^ 0x5bd1e995);
    }

    /// <summary>Trains a network.</summary>
    /// <param name="network">The network; its weights are changed in place.</param>
    /// <param name="dataset">The data; where it has no Validation split, part of Train is held out, stratified and seeded.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="callback">What wants to know of the run, or <see langword="null"/>.</param>
    /// <param name="stop">Ends the run after the present batch.</param>
    /// <returns>The run, Completed or Stopped, with the best weights in its network.</returns>
    /// <exception cref="ShapeMismatchException">The images or the classes do not fit the network.</exception>
    /// <exception cref="InvalidSettingException">A setting does not fit the data or the machine.</exception>
    /// <exception cref="NonFiniteLossException">The loss is no longer a number; the exception holds the run so far.</exception>
    public static TrainingRun Train(
        Network network, Dataset dataset, TrainingSettings settings, ITrainingCallback? callback = null, CancellationToken stop = default)
    {
        TrainingCheck.Fits(network, dataset);
        Dataset data = dataset.Validation is null && settings.Validation > 0 ? dataset.WithValidation(settings.Validation, settings.Seed) : dataset;
        TrainingCheck.BatchFits(settings, data);
        Device device = ComputeDevice.Choose(settings.Device);
        network.Classes = data.Classes;
        network.Normalization = ChannelStatistics.Measure(data.Train);
        network.MoveTo(device);
        var run = new TrainingRun(network, data, settings, device.ToString());
        return new Trainer(run, device, callback, stop).Train();
    }

    private TrainingRun Train()
    {
        Dataset data = run.Dataset;
        var plan = new BatchPlan(data.Train.Count, settings.BatchSize);
        var schedule = new LearningRateSchedule(settings.Schedule, settings.LearningRate, (long)plan.Steps * settings.Epochs);
        using var loader = new BatchLoader(data.Train, network.InputStatistics, plan.LargestBatch, device);
        using var optimizer = Optimizer.Create(network.Parameters, settings);
        using var dropout = new Generator((ulong)(uint)settings.Seed, device);
        using var best = new WeightSnapshot(network);
        clock.Start();
        try
        {
            for (int epoch = 1; epoch <= settings.Epochs; epoch++)
            {
                var meter = new LossMeter();
                TimeSpan began = clock.Elapsed;
                if (!RunEpoch(epoch, plan, schedule, loader, optimizer, dropout, meter)
                    || !Finish(epoch, meter, clock.Elapsed - began, optimizer.LearningRate, best))
                {
                    run.Status = RunStatus.Stopped;
                    return run;
                }
            }
            run.Status = RunStatus.Completed;
            return run;
        }
        catch
        {
            run.Status = RunStatus.Failed;
            throw;
        }
        finally
        {
            optimizer.ClearGradients();
            if (run.Best is not null || run.Status == RunStatus.Failed)
            {
                best.Restore(); // before the first epoch ends these are the weights the run began with
            }
            run.Elapsed = clock.Elapsed;
        }
    }

    private bool RunEpoch(
        int epoch, BatchPlan plan, LearningRateSchedule schedule, BatchLoader loader, Optimizer optimizer, Generator dropout, LossMeter meter)
    {
        int[] shuffled = plan.Order();
        order.Shuffle(shuffled);
        TimeSpan began = clock.Elapsed;
        for (int step = 0; step < plan.Steps; step++)
        {
            if (stop.IsCancellationRequested)
            {
                return false;
            }
            optimizer.LearningRate = schedule.At((long)(epoch - 1) * plan.Steps + step);
            double loss = Step(loader, plan.Batch(shuffled, step), optimizer, dropout, meter);
            if (!double.IsFinite(loss))
            {
                throw new NonFiniteLossException(run, epoch, step + 1, loss);
            }
            callback.OnStep(Progress(epoch, step + 1, plan, meter, clock.Elapsed - began));
        }
        return true;
    }

    private double Step(BatchLoader loader, ReadOnlySpan<int> indices, Optimizer optimizer, Generator dropout, LossMeter meter)
    {
        using var scope = NewDisposeScope();
        (Tensor images, Tensor labels) = loader.Load(indices, settings.Augmentation, draws);
        Tensor logits = network.Logits(images, new ForwardContext(Training: true, dropout));
        Tensor loss = nn.functional.cross_entropy(logits, labels);
        optimizer.ClearGradients();
        loss.backward();
        optimizer.Step();
        return meter.Add(loss, logits, labels);
    }

    private bool Finish(int epoch, LossMeter meter, TimeSpan trained, double rate, WeightSnapshot best)
    {
        DatasetSplit? split = run.Dataset.Validation;
        LossMeter validation = split is null ? new LossMeter() : Evaluator.Loss(network, split, device, stop);
        if (split is not null && validation.Count < split.Count)
        {
            return false; // stopped half way: a figure from part of the split would mislead
        }
        var record = new EpochRecord(
            epoch, meter.Loss, meter.Accuracy, validation.Loss, validation.Accuracy, rate, meter.Count / trained.TotalSeconds, clock.Elapsed);
        run.Add(record);
        if (run.Best is null || double.IsNaN(record.ValidationAccuracy) || IsBetter(record, run.Best))
        {
            run.Best = record;
            best.Take();
        }
        run.Elapsed = clock.Elapsed;
        callback.OnEpoch(run, record);
        return true;
    }

    /// <summary>Small splits give the same accuracy often; the loss then tells which epoch is the surer one.</summary>
    private static bool IsBetter(EpochRecord epoch, EpochRecord best) =>
        epoch.ValidationAccuracy > best.ValidationAccuracy
        || (epoch.ValidationAccuracy == best.ValidationAccuracy && epoch.ValidationLoss < best.ValidationLoss);

    private StepProgress Progress(int epoch, int step, BatchPlan plan, LossMeter meter, TimeSpan spent)
    {
        double done = (epoch - 1 + (double)step / plan.Steps) / settings.Epochs;
        return new StepProgress(
            epoch, settings.Epochs, step, plan.Steps, meter.Loss, meter.Accuracy, meter.Count / spent.TotalSeconds, clock.Elapsed * ((1 - done) / done));
    }

    private sealed class SilentCallback : ITrainingCallback;
}
