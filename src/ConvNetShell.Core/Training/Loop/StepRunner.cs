using System.Diagnostics;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Makes single steps: a batch, forward, backward, and the optimizer's move. Keeps account of where the time goes.</summary>
internal sealed class StepRunner : IDisposable
{
    private const int NormEvery = 16;
    private readonly TrainingRun run;
    private readonly TrainingState state;
    private readonly IGradientSource gradients;
    private readonly AugmentationSampler draws;
    private readonly TrainingSettings settings;

    public StepRunner(TrainingRun run, TrainingState state, Device device, int largestBatch)
    {
        (this.run, this.state, settings) = (run, state, run.Settings);
        int parts = DataParallelStep.Parts(run.Network, settings, device, largestBatch);
        gradients =
            parts > 1 ? new DataParallelStep(run, state, device, largestBatch, parts) : new SingleStep(run, state, device, largestBatch);
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
        GradientResult result = gradients.Add(indices, draws.For(indices.Span, state.Epoch, state.Draws), 1.0 / together);
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
        ClipGradients();
        state.Optimizer.Step();
        state.Average.AfterStep();
    }

    /// <summary>Shortens the gradients where that is asked for, and measures their length now and then for the history.</summary>
    private void ClipGradients()
    {
        bool beginsEpoch = state.Epoch > 1 && state.Step < settings.AccumulateBatches,
            measure = beginsEpoch || state.Optimizer.Steps % NormEvery == 0;
        if (settings.ClipNorm == 0 && !measure)
        {
            return;
        }
        using var noGradients = no_grad();
        Tensor[] gradients = [.. run.Network.Parameters.Select(parameter => parameter.Value.grad).OfType<Tensor>()];
        if (gradients.Length == 0)
        {
            return;
        }
        Tensor norm = stack(gradients.Select(gradient => gradient.Squared().sum())).sum().sqrt();
        if (settings.ClipNorm > 0)
        {
            Tensor factor = norm.Plus(1e-6).reciprocal().Times(settings.ClipNorm).AtMost(1);
            Array.ForEach(gradients, gradient => gradient.mul_(factor));
        }
        if (measure)
        {
            state.Times.AddNorm(norm);
        }
    }
}
