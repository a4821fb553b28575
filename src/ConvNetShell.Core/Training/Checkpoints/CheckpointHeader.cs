using System.Text.Json.Serialization;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>All of a checkpoint but its network and its tensors, as JSON has it.</summary>
internal sealed record CheckpointHeader
{
    /// <summary>The version of this form.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The name of the header among a file's metadata.</summary>
    public const string Key = "convnetshell.run";

    public int Format { get; init; } = CurrentFormat;

    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    public required DateTimeOffset Started { get; init; }

    public string? Name { get; init; }

    public RunReference? StartedFrom { get; init; }

    /// <summary>Gets the network; it has a document of its own in the file, as a network alone has.</summary>
    [JsonIgnore]
    public NetworkDocument Network { get; init; } = null!;

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
}
