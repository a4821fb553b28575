namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>What a lecture is doing.</summary>
public enum LectureState
{
    /// <summary>The run has not made its first step.</summary>
    Starting,

    /// <summary>It trains.</summary>
    Running,

    /// <summary>It is held between two batches.</summary>
    Paused,

    /// <summary>The run ended with an error; another network, or the same anew, may be started.</summary>
    Failed,

    /// <summary>The lecture has ended.</summary>
    Stopped,
}
