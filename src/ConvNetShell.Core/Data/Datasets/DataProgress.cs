namespace ConvNetShell.Core.Data.Datasets;

/// <summary>How far reading, writing or downloading has come. Reported from whichever thread does the work.</summary>
/// <param name="Activity">What is being done, for example <c>Downloading cifar-10-binary.tar.gz</c>.</param>
/// <param name="Done">How much is done, in <paramref name="Unit"/>.</param>
/// <param name="Total">How much there is in all; 0 where it is not known.</param>
/// <param name="Unit">What is counted: <c>bytes</c> or <c>images</c>.</param>
public readonly record struct DataProgress(string Activity, long Done, long Total, string Unit)
{
    /// <summary>Gets the share that is done, in per cent from 0 to 100; -1 where the total is not known.</summary>
    public int Percent => Total <= 0 ? -1 : (int)Math.Min(100, Done * 100 / Total);
}
