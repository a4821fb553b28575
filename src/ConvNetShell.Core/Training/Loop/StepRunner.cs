using System.Diagnostics;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Makes single steps: a batch, forward, backward, and the optimizer's move. Keeps account of where the time goes.</summary>
internal sealed class StepRunner : IDisposable
{
    private readonly TrainingRun run;
    private readonly TrainingState state;
    private readonly IGradientSource gradients;
    private readonly AugmentationSampler draws;
    private readonly GradientClipper clipper;
    private readonly TrainingSettings settings;

    /// <param name="run">The run.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="largestBatch">The images in the largest batch.</param>
    /// <param name="train">The images to train on, where they are decoded ahead; default: the run's.</param>
    public StepRunner(TrainingRun run, TrainingState state, Device device, int largestBatch, DatasetSplit? train = null)
    {
        DatasetSplit split = train ?? run.Dataset.Train;
        (this.run, this.state, settings) = (run, state, run.Settings);
        int parts = DataParallelStep.Parts(run.Network, settings, device, largestBatch);
        gradients =
            parts > 1
                ? new DataParallelStep(run, state, split, device, largestBatch, parts)
                : new SingleStep(run, state, split, device, largestBatch);
        clipper = new GradientClipper(run.Network, state, settings);
        draws = new AugmentationSampler(settings.Augmentation, run.Dataset.InputShape, largestBatch);
    }

    /// <summary>Makes a step and returns its mean loss (on a GPU 0, so as not to wait).</summary>
    /// <param name="indices">The images.</param>
    /// <param name="batchesLeft">The batches of the epoch from this one on; the last group of an epoch may have fewer than others.</param>
    /// <exception cref="NonFiniteLossException">The loss is no number.</exception>
    public double Step(ReadOnlyMemory<int> indices, int batchesLeft)
    {
        using var scope = NewDisposeScope();
        if (state.Gathered == 0)
        {
            state.Optimizer.ClearGradients();
        }
        int together = Math.Min(settings.AccumulateBatches, state.Gathered + batchesLeft);
        double scale = settings.LossReduction == LossReduction.Sum ? indices.Length : 1.0 / together;
        GradientResult result = gradients.Add(indices, draws.For(indices.Span, state.Epoch, state.Draws), scale);
        if (!double.IsFinite(result.Loss))
        {
            throw new NonFiniteLossException(run, state.Epoch, state.Step + 1, result.Loss, result.Fault);
        }
        long backward = Stopwatch.GetTimestamp();
        ApplyGradients(together);
        state.Times.Add(result.Data, result.Forward, result.Backward + Stopwatch.GetTimestamp() - backward);
        return result.Loss;
    }

    /// <inheritdoc />
    public void Dispose() => gradients.Dispose();

    private void ApplyGradients(int together)
    {
        if (++state.Gathered < together)
        {
            return;
        }
        state.Gathered = 0;
        clipper.Clip();
        state.Optimizer.Step(gradients);
        state.Average.AfterStep();
    }
}
