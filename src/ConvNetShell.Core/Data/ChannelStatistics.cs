namespace ConvNetShell.Core.Data;
/// <summary>Placeholder until data lands.</summary>
public sealed class ChannelStatistics(double[] mean, double[] deviation)
{
    /// <summary>m</summary>
    /// <summary>m</summary>
    public static ChannelStatistics Of(DatasetSplit s) => new([.5,.5,.5],[.25,.25,.25]);
    /// <summary>m</summary>
    public IReadOnlyList<double> Mean => mean;
    /// <summary>d</summary>
    public IReadOnlyList<double> Deviation => deviation;
}
