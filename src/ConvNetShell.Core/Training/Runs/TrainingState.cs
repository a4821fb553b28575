using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Losses;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Schedules;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>
/// The state that changes during a run. A checkpoint keeps it, so that the run can continue as if uninterrupted.
/// </summary>
internal sealed class TrainingState : IDisposable
{
    private const int DrawStream = 0x5bd1e995;

    public TrainingState(Network network, TrainingSettings settings, Device device, DatasetSplit train)
    {
        Loss = EmbeddingLoss.Create(settings, train, network.OutputShape.Channels, device);
        Optimizer = Optimizer.Create([.. network.Parameters, .. Loss?.Parameters ?? []], settings);
        Average = new WeightAverage(network, settings);
        Best = new WeightSnapshot(network);
        Monitor = new EpochMonitor(settings);
        Dropout = new Generator((ulong)(uint)settings.Seed, device);
        Order = new SeededRandom(settings.Seed);
        Draws = new SeededRandom(settings.Seed ^ DrawStream);
        OrderAtStart = Order.State;
        Meter = new LossAccumulator(device);
        BatchSize = settings.BatchSize;
        MaxLearningRate = settings.LearningRate;
    }

    /// <summary>Gets or sets the epoch under way, from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>Gets or sets the steps done of this epoch.</summary>
    public int Step { get; set; }

    /// <summary>Gets or sets the batches whose gradients wait for the others of their step.</summary>
    public int Gathered { get; set; }

    /// <summary>Gets or sets the steps done of the run.</summary>
    public long TotalSteps { get; set; }

    /// <summary>Gets or sets the images in a step of this epoch.</summary>
    public int BatchSize { get; set; }

    /// <summary>Gets or sets the peak of the learning rate.</summary>
    public double MaxLearningRate { get; set; }

    /// <summary>Gets the stream the order of the images comes from.</summary>
    public SeededRandom Order { get; }

    /// <summary>Gets or sets where that stream stood when the epoch began: the order of the epoch can be drawn again.</summary>
    public ulong[] OrderAtStart { get; set; }

    /// <summary>Gets the stream augmentation draws from.</summary>
    public SeededRandom Draws { get; }

    /// <summary>Gets the stream dropout draws from.</summary>
    public Generator Dropout { get; }

    /// <summary>Gets the optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Gets the loss of embeddings with its own weights; <see langword="null"/> for a classifier.</summary>
    public EmbeddingLoss? Loss { get; }

    /// <summary>Gets the averaged weights.</summary>
    public WeightAverage Average { get; }

    /// <summary>Gets the weights of the best epoch.</summary>
    public WeightSnapshot Best { get; }

    /// <summary>Gets what watches the epochs.</summary>
    public EpochMonitor Monitor { get; }

    /// <summary>Gets loss and correct predictions of the epoch so far.</summary>
    public LossAccumulator Meter { get; private set; }

    /// <summary>Gets where the time of the epoch went so far.</summary>
    public StepTimes Times { get; } = new();

    /// <summary>Gets or sets the time the epoch's steps took before the run was resumed.</summary>
    public TimeSpan EpochTime { get; set; }

    /// <summary>Gets the hash of the weights after each of the first steps, where they are kept.</summary>
    public List<string> StepHashes { get; init; } = [];

    /// <summary>Begins the next epoch.</summary>
    public void NextEpoch(Device device)
    {
        Epoch++;
        Step = 0;
        EpochTime = TimeSpan.Zero;
        Times.Clear();
        Meter.Dispose();
        Meter = new LossAccumulator(device);
        OrderAtStart = Order.State;
    }

    /// <summary>Draws how the images of a batch are mixed; <see langword="null"/> where they are not.</summary>
    /// <param name="run">The run.</param>
    public Mixing? DrawMixing(TrainingRun run) =>
        run.Settings.Augmentation.Mixes ? Mixing.Draw(run.Settings.Augmentation, run.Network.InputShape, Draws) : null;

    /// <inheritdoc />
    public void Dispose()
    {
        Optimizer.Dispose();
        Loss?.Dispose();
        Average.Dispose();
        Best.Dispose();
        Dropout.Dispose();
        Meter.Dispose();
        Times.Dispose();
    }
}
