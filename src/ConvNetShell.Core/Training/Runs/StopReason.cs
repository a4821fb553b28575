namespace ConvNetShell.Core.Training.Runs;

/// <summary>What ended a run.</summary>
public enum StopReason
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>All epochs are done.</summary>
    Epochs,

    /// <summary>-MaxSteps.</summary>
    MaxSteps,

    /// <summary>-MaxTime.</summary>
    MaxTime,

    /// <summary>-Patience: the monitored figure did not improve any more.</summary>
    Patience,

    /// <summary>-OverfitBatches: the loss of the batches is near zero.</summary>
    Overfit,

    /// <summary>-StopWhen, or Stop on the run's control.</summary>
    Request,

    /// <summary>Ctrl+C, or Stop-Job.</summary>
    Interrupt,

    /// <summary>An error.</summary>
    Error,
}
