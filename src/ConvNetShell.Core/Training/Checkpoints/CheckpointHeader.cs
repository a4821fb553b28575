using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>All of a checkpoint but its tensors, as JSON has it.</summary>
internal sealed record CheckpointHeader
{
    /// <summary>The version of this form.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    public required DateTimeOffset Started { get; init; }

    public string? Name { get; init; }

    public RunReference? StartedFrom { get; init; }

    public required string NetworkName { get; init; }

    public string? Preset { get; init; }

    public required int[] InputShape { get; init; }

    public required CheckpointLayer[] Layers { get; init; }

    public required int NetworkSeed { get; init; }

    /// <summary>Gets a value indicating whether the weights are the first ones; a network alone may have them.</summary>
    public bool HasInitialWeights { get; init; }

    /// <summary>Gets a value indicating whether the mean and deviation were measured; a network alone may have none.</summary>
    public bool HasNormalization { get; init; } = true;

    public required string[] Classes { get; init; }

    public required double[] Mean { get; init; }

    public required double[] StandardDeviation { get; init; }

    public required string Dataset { get; init; }

    public required string DatasetSource { get; init; }

    public required string DatasetHash { get; init; }

    public required TrainingSettings Settings { get; init; }

    public required string Device { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required EpochRecord[] History { get; init; }

    public required SettingChange[] Changes { get; init; }

    public required LayerGradient[] LayerGradients { get; init; }

    public int? BestEpoch { get; init; }

    public required int Epoch { get; init; }

    public required int Step { get; init; }

    public required long TotalSteps { get; init; }

    public required int BatchSize { get; init; }

    public required double MaxLearningRate { get; init; }

    public required double Momentum { get; init; }

    public required double WeightDecay { get; init; }

    public required ulong[] Order { get; init; }

    public required ulong[] Draws { get; init; }

    public required long OptimizerSteps { get; init; }

    public required long AverageCount { get; init; }

    public required int Since { get; init; }

    public required int SinceStep { get; init; }

    public required double Factor { get; init; }

    public required double LossSum { get; init; }

    public required double Correct { get; init; }

    public required long Count { get; init; }

    public required TimeSpan EpochTime { get; init; }

    /// <summary>Gets the batches whose gradients wait for the others of their step; those are tensors, gradient/.</summary>
    public int Gathered { get; init; }

    public double LearningRate { get; init; }

    public int AverageEpoch { get; init; }

    /// <summary>Gets the batch size of the next epoch, where the control has changed it within this one.</summary>
    public int? NextBatchSize { get; init; }

    public required float[] NormSums { get; init; }

    public int NormCount { get; init; }

    public TimeSpan DataTime { get; init; }

    public TimeSpan ForwardTime { get; init; }

    public TimeSpan BackwardTime { get; init; }

    public required string[] StepHashes { get; init; }

    public required TensorEntry[] Tensors { get; init; }
}
