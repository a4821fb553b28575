namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>When a checkpoint is written.</summary>
internal enum CheckpointMoment
{
    /// <summary>Before the first step; Resume-Training -Verify begins here.</summary>
    Start,

    /// <summary>Within an epoch.</summary>
    Step,

    /// <summary>After an epoch.</summary>
    Epoch,

    /// <summary>When the run ends before its last epoch, unless that is saved already.</summary>
    Stop,
}
