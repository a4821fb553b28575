using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Schedules;

/// <summary>
/// Watches one figure of the epochs: which is the best, how long none was better, and when a plateau lowers the learning rate.
/// </summary>
/// <param name="settings">The settings.</param>
internal sealed class EpochMonitor(TrainingSettings settings)
{
    /// <summary>Gets or sets the epochs since the best one.</summary>
    public int Since { get; set; }

    /// <summary>Gets or sets the epochs since the best one or since the last step down.</summary>
    public int SinceStep { get; set; }

    /// <summary>Gets or sets what plateaus have multiplied the learning rate by so far.</summary>
    public double Factor { get; set; } = 1;

    /// <summary>Gets a value indicating whether the patience is at its end.</summary>
    public bool IsExhausted => settings.Patience > 0 && Since >= settings.Patience;

    /// <summary>Takes in an epoch; returns whether it is the best so far.</summary>
    public bool Add(EpochRecord epoch, EpochRecord? best)
    {
        bool better = best is null || IsBetter(epoch, best);
        Since = better ? 0 : Since + 1;
        SinceStep = better ? 0 : SinceStep + 1;
        if (settings.Schedule == ScheduleKind.Plateau && SinceStep >= settings.StepSize)
        {
            Factor *= settings.Gamma;
            SinceStep = 0;
        }
        return better;
    }

    /// <summary>
    /// Returns whether an epoch is better than another; without validation the later one is, unless training itself is watched.
    /// </summary>
    private bool IsBetter(EpochRecord epoch, EpochRecord best) =>
        settings.Monitor switch
        {
            MonitorKind.TrainAccuracy => epoch.TrainAccuracy > best.TrainAccuracy,
            MonitorKind.TrainLoss => epoch.TrainLoss < best.TrainLoss,
            _ when double.IsNaN(epoch.ValidationAccuracy) => true,
            MonitorKind.ValidationLoss => epoch.ValidationLoss < best.ValidationLoss,

            // Small splits often give the same accuracy; the loss then decides.
            _ => epoch.ValidationAccuracy > best.ValidationAccuracy
                || (epoch.ValidationAccuracy == best.ValidationAccuracy && epoch.ValidationLoss < best.ValidationLoss),
        };
}
