namespace ConvNetShell.Core.Training;

/// <summary>How the learning rate moves over a run.</summary>
public enum ScheduleKind
{
    /// <summary>Up in a line over the first quarter of the steps, then down to zero along a cosine (after Smith, arXiv 1708.07120).</summary>
    OneCycle,

    /// <summary>Down to zero along half a cosine.</summary>
    Cosine,

    /// <summary>The same throughout.</summary>
    Constant,
}
