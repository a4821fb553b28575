using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Training.Settings;

/// <summary>Settings to change on resume, and checks to skip.</summary>
public sealed record ResumeOptions
{
    /// <summary>Gets a network to train a copy of; its layers must be the run's. Default: a new one.</summary>
    public Network? Network { get; init; }

    /// <summary>Gets another number of epochs; the schedule is then stretched over them. Default: the run's.</summary>
    public int? Epochs { get; init; }

    /// <summary>Gets another time after which the run ends, counted from its first start. Default: the run's.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>Gets another number of steps after which the run ends, counted from its first; 0 is no limit. Default: the run's.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>Gets another number of epochs without a better one after which the run ends; 0 is no limit. Default: the run's.</summary>
    public int? Patience { get; init; }

    /// <summary>Gets another device. Default: the run's setting.</summary>
    public string? Device { get; init; }

    /// <summary>Gets the folder of further checkpoints. Default: the folder of the checkpoint.</summary>
    public CheckpointSettings? Checkpoints { get; init; }

    /// <summary>Gets a value indicating whether data other than the run's is accepted.</summary>
    public bool Force { get; init; }

    internal TrainingSettings Apply(TrainingSettings settings) =>
        settings with
        {
            Epochs = Epochs ?? settings.Epochs,
            MaxTime = MaxTime ?? settings.MaxTime,
            MaxSteps = MaxSteps ?? settings.MaxSteps,
            Patience = Patience ?? settings.Patience,
            Device = Device ?? settings.Device,
            Checkpoints = Checkpoints ?? settings.Checkpoints,
        };
}
