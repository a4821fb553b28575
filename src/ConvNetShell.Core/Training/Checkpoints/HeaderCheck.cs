using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>Checks that the numbers of a header are those of a run; a checksum says only that they are as they were written.</summary>
internal static class HeaderCheck
{
    private const double LargestRate = 1e6;
    private const double MostDays = 1e6; // a run's times are added up

    /// <summary>Passes where all of a header makes sense.</summary>
    /// <exception cref="ArgumentException">Something does not.</exception>
    public static void Require(CheckpointHeader header)
    {
        Complete(header);
        Run(header);
        State(header);
    }

    private static void Complete(CheckpointHeader header)
    {
        IEnumerable<object?>[] lists = [header.Versions.Values, header.History, header.Changes, header.LayerGradients, header.StepHashes];
        Require(lists.All(list => !list.Contains(null)), "a value is missing");
        Require(header.Settings.Augmentation is not null && header.Settings.Device is not null, "a setting is missing");
    }

    private static void Run(CheckpointHeader header)
    {
        Require(header.Network.Mean is not null, "the input is not normalized");
        TimeSpan[] times = [header.Elapsed, header.EpochTime, header.DataTime, header.ForwardTime, header.BackwardTime];
        Require(times.All(time => time >= TimeSpan.Zero && time.TotalDays < MostDays), "a time is out of range");
        Require(
            header.Epoch - 1 == header.History.Length && header.History.Index().All(pair => pair.Item.Epoch == pair.Index + 1),
            "the history is not that of the epochs done"
        );
        Require(header.BestEpoch is null || (header.BestEpoch >= 1 && header.BestEpoch < header.Epoch), "the best epoch is none of them");
    }

    private static void State(CheckpointHeader header)
    {
        Require(header.Step >= 0 && header.TotalSteps >= header.Step && header.Gathered >= 0, "the steps are not in order");
        Require(header.Gathered < header.Settings.AccumulateBatches, "more batches are gathered than a step has");
        Require(header.BatchSize >= 1 && header.NextBatchSize is null or >= 1, "a batch is empty");
        Require(header.MaxLearningRate is > 0 and <= LargestRate, "the learning rate is out of range");
        Require(header.LearningRate is >= 0 and <= LargestRate, "the learning rate is out of range");
        Require(header.Momentum is >= 0 and < 1, "the momentum is out of range");
        Require(header.WeightDecay is >= 0 and < double.PositiveInfinity, "the weight decay is out of range");
        Require(header.OptimizerSteps >= 0 && header.AverageCount >= 0 && header.AverageEpoch >= 0, "a count is below 0");
        Require(header.Since >= 0 && header.SinceStep >= 0 && header.Factor is > 0 and <= 1, "the schedule is out of range");
        Require(header.LossSum is >= 0 and < double.PositiveInfinity, "the loss is out of range");
        Require(header.Count >= 0 && header.Correct >= 0 && header.Correct <= header.Count, "the correct predictions are out of range");
        Require(header.NormCount >= 0 && header.NormSums.All(sum => !(sum < 0)), "the gradients are out of range");
        Require(SeededRandom.IsState(header.Order) && SeededRandom.IsState(header.Draws), "a random stream is out of range");
    }

    private static void Require(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
