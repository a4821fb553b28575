namespace ConvNetShell.Core.Training.Settings;

/// <summary>Whether the weights that are validated and kept are an average over the run.</summary>
public enum AverageKind
{
    /// <summary>The weights as they are.</summary>
    None,

    /// <summary>
    /// An exponential moving average over steps (Polyak; as in Tarvainen and Valpola, arXiv 1703.01780), slow only when enough steps are
    /// made.
    /// </summary>
    EMA,

    /// <summary>
    /// The mean of the weights at the end of each epoch of the run's last quarter (stochastic weight averaging, Izmailov et al., arXiv
    /// 1803.05407). Running statistics are averaged too.
    /// </summary>
    SWA,
}
