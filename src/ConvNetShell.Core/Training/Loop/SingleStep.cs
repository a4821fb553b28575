using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Training.Runs;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>
/// Takes a batch through the network as a whole, on the thread that calls: on a GPU, and where a batch cannot be split.
/// </summary>
internal sealed class SingleStep(TrainingRun run, TrainingState state, DatasetSplit split, Device device, int largestBatch)
    : IGradientSource
{
    private readonly ForwardBackward pass = new(run, run.Network, split, device, largestBatch, run.Settings.Threads, state.Loss);

    /// <inheritdoc />
    public GradientResult Add(ReadOnlyMemory<int> indices, ReadOnlyMemory<AugmentationSample> draws, double scale) =>
        pass.Add(indices.Span, draws.Span, scale, state.Meter, state.Dropout, state.Draws, state.DrawMixing(run));

    /// <inheritdoc />
    public void Dispose() => pass.Dispose();
}
