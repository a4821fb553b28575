using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Editing;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>
/// Finds a learning rate by a short run in which it grows from step to step (the range test of Smith, arXiv 1506.01186, in the form of
/// fastai): the loss falls while
/// the rate is good and runs away where it is too large. The network given is not changed.
/// </summary>
public static class LearningRateFinder
{
    private const int FewestSteps = 20,
        MostSteps = 10_000;

    private const double Smoothing = 0.9,
        RunAway = 4;
    private const int SkippedSteps = 5;

    /// <summary>Searches.</summary>
    /// <param name="network">The network; a copy is trained.</param>
    /// <param name="dataset">The data.</param>
    /// <param name="settings">The settings; the learning rate and its schedule do not matter.</param>
    /// <param name="from">The first rate.</param>
    /// <param name="to">The last rate.</param>
    /// <param name="steps">The steps from one to the other, at least 20.</param>
    /// <param name="progress">Receives the fraction done.</param>
    /// <param name="stop">Ends it after the current batch, with the points so far.</param>
    /// <returns>The losses and a suggestion.</returns>
    /// <exception cref="InvalidSettingException">The rates are not in order, or the steps are few.</exception>
    public static LearningRateSearch Find(
        Network network,
        Dataset dataset,
        TrainingSettings settings,
        double from = 1e-7,
        double to = 10,
        int steps = 100,
        IProgress<double>? progress = null,
        CancellationToken stop = default
    )
    {
        CheckRange(from, to, steps);
        (Dataset matched, TrainingSettings fitting) = Trainer.Match(network, dataset, settings);
        (Dataset data, TrainingSettings used, Device device) = Trainer.Check(
            network,
            matched,
            fitting with
            {
                Schedule = ScheduleKind.Constant,
                WarmupEpochs = 0,
                Checkpoints = null,
            }
        );
        using Network copy = network.Copy();
        copy.Normalization = InputEditor.NormalizationFor(network, data.Train);
        if (network.Normalization is null)
        {
            PatchWhitening.Start(copy, data.Train); // as a training would
        }
        copy.MoveTo(device);
        var run = new TrainingRun(copy, data, dataset, used, device.ToString());
        List<LearningRatePoint> points = Trainer.OnTrainingThread(
            used,
            device,
            stop,
            (_, token) => Try(run, device, step => from * Math.Pow(to / from, step / (steps - 1.0)), steps, progress, token)
        );
        bool diverged = points.Count < steps && !stop.IsCancellationRequested;
        return new LearningRateSearch(
            network.Name,
            data.Name,
            used.ToString(),
            Suggest(points),
            "steepest fall of the smoothed loss",
            diverged,
            points
        );
    }

    /// <summary>
    /// Returns the rate at which the smoothed loss falls most for a change of the rate by a factor; not a number where it never falls.
    /// </summary>
    internal static double Suggest(IReadOnlyList<LearningRatePoint> points)
    {
        LearningRatePoint[] seen =
        [
            .. points.Where(point => double.IsFinite(point.SmoothedLoss)).Skip(Math.Min(SkippedSteps, points.Count / 10)),
        ];
        int lowest = Array.FindIndex(seen, point => point.SmoothedLoss == seen.Min(other => other.SmoothedLoss));
        double steepest = 0,
            rate = double.NaN;
        for (int i = 1; i < lowest; i++)
        {
            double slope =
                (seen[i + 1].SmoothedLoss - seen[i - 1].SmoothedLoss) / Math.Log(seen[i + 1].LearningRate / seen[i - 1].LearningRate);
            if (slope < steepest)
            {
                (steepest, rate) = (slope, seen[i].LearningRate);
            }
        }
        return double.IsNaN(rate) && lowest > 0 ? seen[lowest].LearningRate / 10 : rate; // a tenth of the best, as fastai takes it
    }

    private static List<LearningRatePoint> Try(
        TrainingRun run,
        Device device,
        Func<int, double> rate,
        int steps,
        IProgress<double>? progress,
        CancellationToken stop
    )
    {
        using var state = new TrainingState(run.Network, run.Settings, device, run.Dataset.Train);
        var plan = new BatchPlan(run.Dataset.Train.Count, run.Settings.BatchSize, run.Settings.DropLast);
        using var runner = new StepRunner(run, state, device, plan.LargestBatch);
        int[] order = plan.Order();
        var points = new List<LearningRatePoint>();
        double average = 0,
            lowest = double.PositiveInfinity;
        for (int step = 0; step < steps && !stop.IsCancellationRequested; step++)
        {
            if (step % plan.Steps == 0)
            {
                ClassBatches.Shuffle(run.Dataset.Train, order, state.Order, run.Settings.BatchSize, run.Settings.UsedImagesPerClass);
            }
            (state.Optimizer.LearningRate, state.Optimizer.MaxLearningRate) = (rate(step), rate(step));
            (double sumBefore, _) = state.Meter.Read();
            long countBefore = state.Meter.Count;
            try
            {
                runner.Step(plan.Batch(order, step % plan.Steps), batchesLeft: 1);
            }
            catch (NonFiniteLossException)
            {
                break; // the rate is far too large: the search has its end
            }
            double loss = (state.Meter.Read().Loss - sumBefore) / (state.Meter.Count - countBefore);
            average = Smoothing * average + (1 - Smoothing) * loss;
            double smoothed = average / (1 - Math.Pow(Smoothing, step + 1));
            points.Add(new LearningRatePoint(step + 1, rate(step), loss, smoothed));
            lowest = Math.Min(lowest, smoothed);
            if (!double.IsFinite(loss) || (step >= SkippedSteps && smoothed > RunAway * lowest))
            {
                break;
            }
            progress?.Report((step + 1.0) / steps);
        }
        return points;
    }

    private static void CheckRange(double from, double to, int steps)
    {
        if (!(from > 0) || !double.IsFinite(from))
        {
            throw new InvalidSettingException("From", "a finite number above 0", from);
        }
        if (!(to > from) || !double.IsFinite(to))
        {
            throw new InvalidSettingException(
                "To",
                FormattableString.Invariant($"a finite number above the first rate, which is {from}"),
                to
            );
        }
        if (steps is < FewestSteps or > MostSteps)
        {
            throw new InvalidSettingException("Steps", $"from {FewestSteps} to {MostSteps}", steps);
        }
    }
}
