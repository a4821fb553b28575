using System.Diagnostics;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training;

/// <summary>Makes single steps: a batch, forward, backward, and the optimiser's move. Keeps account of where the time goes.</summary>
internal sealed class StepRunner : IDisposable
{
    private const int NormEvery = 16;
    private readonly TrainingRun run;
    private readonly TrainingState state;
    private readonly IBatchSource batches;
    private readonly ImageDraws draws;
    private readonly TrainingLoss loss;
    private readonly TrainingSettings settings;
    private readonly Network network;
    private int gathered;

    public StepRunner(TrainingRun run, TrainingState state, Device device, int largestBatch)
    {
        (this.run, this.state) = (run, state);
        (settings, network) = (run.Settings, run.Network);
        batches = device.type == TorchSharp.DeviceType.CPU
            ? new BatchLoader(run.Dataset.Train, network.InputStatistics, largestBatch, device, settings.Augmentation)
            : new DeviceBatches(run.Dataset.Train, network.InputStatistics, device, settings.Augmentation);
        draws = new ImageDraws(settings.Augmentation, run.Dataset.InputShape, largestBatch);
        loss = new TrainingLoss(settings, run.Dataset, device);
    }

    /// <summary>Gets a value indicating whether no gradients are gathered that wait to be used.</summary>
    public bool IsBetweenSteps => gathered == 0;

    /// <summary>Makes a step and returns its mean loss (on a GPU 0, so as not to wait).</summary>
    /// <param name="indices">The images.</param>
    /// <param name="isLast">Whether the epoch ends here, so that gathered gradients are used.</param>
    /// <exception cref="NonFiniteLossException">The loss is no number.</exception>
    public double Step(ReadOnlySpan<int> indices, bool isLast)
    {
        using var scope = NewDisposeScope();
        long began = Stopwatch.GetTimestamp();
        (Tensor images, Tensor labels) = batches.Load(indices, draws.For(indices, state.Epoch, state.Draws));
        BatchMix? mix = settings.Augmentation.Mixes ? BatchMix.Of(images, labels, settings.Augmentation, state.Draws) : null;
        long loaded = Stopwatch.GetTimestamp();
        Tensor logits = network.Logits(mix?.Images ?? images, new ForwardContext(Training: true, state.Dropout, settings.Precision == Precision.BFloat16));
        Tensor cost = loss.Of(logits, labels, mix);
        double value = state.Meter.Add(cost, logits, labels);
        long forward = Stopwatch.GetTimestamp();
        if (!double.IsFinite(value))
        {
            throw new NonFiniteLossException(run, state.Epoch, state.Step + 1, value, NonFiniteFinder.Describe(network, images));
        }
        Learn(cost, isLast);
        state.Times.Add(loaded - began, forward - loaded, Stopwatch.GetTimestamp() - forward);
        return value;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        batches.Dispose();
        loss.Dispose();
    }

    private void Learn(Tensor cost, bool isLast)
    {
        if (gathered == 0)
        {
            state.Optimizer.ClearGradients();
        }
        (settings.Accumulate > 1 ? cost / settings.Accumulate : cost).backward();
        if (++gathered < settings.Accumulate && !isLast)
        {
            return;
        }
        gathered = 0;
        Limit();
        state.Optimizer.Step();
        state.Average.AfterStep();
    }

    /// <summary>Shortens the gradients where that is asked for, and measures their length now and then for the history.</summary>
    private void Limit()
    {
        bool measure = state.TotalSteps % NormEvery == 0;
        if (settings.ClipNorm == 0 && !measure)
        {
            return;
        }
        using var noGradients = no_grad();
        Tensor[] gradients = [.. network.Parameters.Select(parameter => parameter.Value.grad).OfType<Tensor>()];
        if (gradients.Length == 0)
        {
            return;
        }
        Tensor norm = stack(gradients.Select(gradient => gradient.square().sum())).sum().sqrt();
        if (settings.ClipNorm > 0)
        {
            Tensor factor = (settings.ClipNorm / (norm + 1e-6)).clamp_max(1);
            Array.ForEach(gradients, gradient => gradient.mul_(factor));
        }
        if (measure)
        {
            state.Times.AddNorm(norm);
        }
    }
}
