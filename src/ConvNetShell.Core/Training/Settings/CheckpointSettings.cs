using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Training.Settings;

/// <summary>Where and how often a run is saved.</summary>
public sealed record CheckpointSettings
{
    private readonly int every = 1;
    private readonly int everySteps;
    private readonly int keepTop = 1;

    /// <summary>Gets the folder; made if it is not there.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the epochs from one checkpoint to the next. Default: 1.</summary>
    public int Every
    {
        get => every;
        init => every = value >= 1 ? value : throw new InvalidSettingException("-CheckpointEvery", "1 epoch or more", value);
    }

    /// <summary>Gets the steps from one checkpoint to the next within epochs; 0, the default, saves between epochs only.</summary>
    public int EverySteps
    {
        get => everySteps;
        init => everySteps = value >= 0 ? value : throw new InvalidSettingException("-CheckpointSteps", "0 (none) or more steps", value);
    }

    /// <summary>Gets how many of the best epochs' checkpoints are kept, besides the latest one. Default: 1.</summary>
    public int KeepTop
    {
        get => keepTop;
        init => keepTop = value >= 0 ? value : throw new InvalidSettingException("-KeepTop", "0 or more checkpoints", value);
    }
}
