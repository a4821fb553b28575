namespace ConvNetShell.Core.Data.Datasets;

/// <summary>How far reading, writing or downloading has come. Reported from whichever thread does the work.</summary>
/// <param name="Activity">The activity, for example <c>Downloading cifar-10-binary.tar.gz</c>.</param>
/// <param name="Done">How much is done, in <paramref name="Unit"/>.</param>
/// <param name="Total">How much there is in all; 0 where it is not known.</param>
/// <param name="Unit">The unit of the counts: <c>bytes</c> or <c>images</c>.</param>
public readonly record struct DataProgress(string Activity, long Done, long Total, string Unit)
{
    /// <summary>Gets the progress in percent, from 0 to 100; -1 if the total is unknown.</summary>
    public int Percent => Total <= 0 ? -1 : (int)Math.Min(100, Done * 100 / Total);
}
