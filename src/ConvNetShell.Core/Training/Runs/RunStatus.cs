namespace ConvNetShell.Core.Training.Runs;

/// <summary>How far a training run came.</summary>
public enum RunStatus
{
    /// <summary>It is under way.</summary>
    Running,

    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>The user stopped it.</summary>
    Stopped,

    /// <summary>An error ended it.</summary>
    Failed,

    /// <summary>The loss was no longer finite; the history until then is there, and the best weights.</summary>
    Diverged,

    /// <summary>Its process ended without a word; only a kept run shows this.</summary>
    Interrupted,
}
