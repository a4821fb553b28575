using TorchSharp;

namespace ConvNetShell.Core.Tests;

/// <summary>Counts the tensors that work on this thread leaves behind; the garbage collector does not change the count.</summary>
internal static class LiveTensors
{
    public static long Count => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    /// <summary>
    /// Gets how many tensors were made that no scope holds: the garbage collector may free one while libtorch still reads it, unless
    /// something else holds it.
    /// </summary>
    public static long Unheld => DisposeScopeManager.Statistics.TensorStatistics.CreatedOutsideScopeCount;

    public static long LeftBehindBy(Action work)
    {
        long before = Count;
        work();
        return Count - before;
    }
}
