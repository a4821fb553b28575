using System.Runtime.CompilerServices;

namespace ConvNetShell.Core.Training.Settings;

/// <summary>Where and how often a run is saved.</summary>
public sealed record CheckpointSettings
{
    /// <summary>
    /// Gets the folder to save the run in, so that Resume-Training can continue it; made if it does not exist. Default: none.
    /// </summary>
    [Setting(SettingGroup.Checkpoints, Parameter = "CheckpointPath")]
    public required string Path { get; init; }

    /// <summary>Gets the epochs from one checkpoint to the next. Default: 1.</summary>
    [Setting(SettingGroup.Checkpoints, Parameter = "CheckpointEvery", Unit = "epochs", Least = 1)]
    public int Every
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>Gets the steps from one checkpoint to the next within an epoch; 0 saves between epochs only. Default: 0.</summary>
    [Setting(SettingGroup.Checkpoints, Parameter = "CheckpointSteps", Unit = "steps", Least = 0, Zero = "none")]
    public int EverySteps
    {
        get;
        init => field = Check(value);
    }

    /// <summary>Gets how many of the best epochs' checkpoints are kept besides the latest. Default: 1.</summary>
    [Setting(SettingGroup.Checkpoints, Unit = "checkpoints", Least = 0)]
    public int KeepTop
    {
        get;
        init => field = Check(value);
    } = 1;

    private static int Check(int value, [CallerMemberName] string setting = "") =>
        TrainingSetting.Check(typeof(CheckpointSettings), setting, value);
}
