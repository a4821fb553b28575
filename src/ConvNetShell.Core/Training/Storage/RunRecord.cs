using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>A kept run as its file run.json has it.</summary>
public sealed record RunRecord
{
    /// <summary>Gets the identifier, which is the folder's name.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the run's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how far the run came.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Gets what ended it.</summary>
    public StopReason StopReason { get; init; }

    /// <summary>Gets the message of the error that ended it, or <see langword="null"/>.</summary>
    public string? Error { get; init; }

    /// <summary>Gets the name of the network.</summary>
    public required string Network { get; init; }

    /// <summary>Gets the preset of the network, or <see langword="null"/>.</summary>
    public string? Preset { get; init; }

    /// <summary>Gets the layers in the specification language.</summary>
    public required string Layers { get; init; }

    /// <summary>Gets the shape of one input.</summary>
    public required string InputShape { get; init; }

    /// <summary>Gets the number of trainable values.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Gets the name of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Gets where the dataset was read from.</summary>
    public required string DatasetSource { get; init; }

    /// <summary>Gets the hash of the images and labels to train on.</summary>
    public required string DatasetHash { get; init; }

    /// <summary>Gets the seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Gets the settings.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>Gets the device.</summary>
    public required string Device { get; init; }

    /// <summary>Gets the versions of what computed it.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Gets the git commit of the folder the run was started in, or <see langword="null"/>.</summary>
    public string? Commit { get; init; }

    /// <summary>Gets the process that trains or trained it.</summary>
    public required ProcessIdentity Process { get; init; }

    /// <summary>Gets the run whose weights it began with, or <see langword="null"/>.</summary>
    public RunReference? StartedFrom { get; init; }

    /// <summary>Gets when it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets the time it took so far.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Gets the number of finished epochs.</summary>
    public int Epochs { get; init; }

    /// <summary>Gets the best epoch, or <see langword="null"/>.</summary>
    public EpochRecord? Best { get; init; }

    /// <summary>Gets the settings that were changed while it was under way.</summary>
    public IReadOnlyList<SettingChange> Changes { get; init; } = [];

    /// <summary>Gets the user's note.</summary>
    public string Note { get; init; } = string.Empty;

    /// <summary>Gets the user's tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Says the run's name and status.</summary>
    /// <returns>For example <c>CIFAR10-3: Completed</c>.</returns>
    public override string ToString() => $"{Name}: {Status}";

    /// <summary>Returns a run as it is now.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="run">The run.</param>
    /// <returns>The record.</returns>
    internal static RunRecord Of(string id, TrainingRun run) =>
        new()
        {
            Id = id,
            Name = run.Name,
            Status = run.Status,
            StopReason = run.StopReason,
            Network = run.Network.Name,
            Preset = run.Network.Preset,
            Layers = run.Network.Spec,
            InputShape = run.Network.InputShape.ToString(),
            ParameterCount = run.Network.ParameterCount,
            Dataset = run.SourceDataset.Name,
            DatasetSource = run.SourceDataset.Source,
            DatasetHash = run.SourceDataset.Hash(),
            Seed = run.Seed,
            Settings = run.Settings,
            Device = run.Device,
            Versions = run.Versions,
            Commit = GitCommit.Of(Environment.CurrentDirectory),
            Process = ProcessIdentity.Current(),
            StartedFrom = run.StartedFrom,
            Started = run.Started,
        };

    /// <summary>Returns the record with what changes as the run continues.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The record.</returns>
    internal RunRecord Updated(TrainingRun run) =>
        this with
        {
            Status = run.Status,
            StopReason = run.StopReason,
            Elapsed = run.Elapsed,
            Epochs = run.History.Count,
            Best = run.Best,
            Changes = run.Changes,
        };
}
