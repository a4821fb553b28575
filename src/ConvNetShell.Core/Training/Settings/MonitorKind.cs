namespace ConvNetShell.Core.Training.Settings;

/// <summary>The figure of an epoch that says which is the best and whether a run still improves.</summary>
public enum MonitorKind
{
    /// <summary>The larger the better; of equal ones the lower validation loss.</summary>
    ValidationAccuracy,

    /// <summary>The lower the better.</summary>
    ValidationLoss,

    /// <summary>The larger the better.</summary>
    TrainAccuracy,

    /// <summary>The lower the better.</summary>
    TrainLoss,
}
