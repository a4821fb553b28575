namespace ConvNetShell.Core.Training.Settings;

/// <summary>How the learning rate moves over a run.</summary>
public enum ScheduleKind
{
    /// <summary>
    /// As torch.optim.lr_scheduler.OneCycleLR with its defaults: from 1/25 of the peak up to it along half a cosine over the first 30 % of
    /// the run (or the warm-up), then down to 1/250,000 of it along another, step by step. The momentum stays as it is (after Smith, arXiv
    /// 1708.07120).
    /// </summary>
    OneCycle,

    /// <summary>Down to zero along half a cosine (Loshchilov and Hutter, arXiv 1608.03983, without restarts).</summary>
    Cosine,

    /// <summary>The same throughout.</summary>
    Constant,

    /// <summary>Multiplied by a factor every so many epochs.</summary>
    Step,

    /// <summary>Multiplied by a factor when the monitored figure has not become better for so many epochs.</summary>
    Plateau,

    /// <summary>
    /// Up in a line from 0.2 of the peak over the first 23 % of the run, then down in a line to 0.07 of it (airbench94; Jordan, arXiv
    /// 2404.00498).
    /// </summary>
    Triangular,

    /// <summary>Down to zero in a line.</summary>
    Linear,
}
