using TorchSharp;

namespace ConvNetShell.Core.Tests;

/// <summary>Counts the tensors that work on this thread leaves behind; the garbage collector does not change the count.</summary>
internal static class LiveTensors
{
    public static long Count => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    public static long LeftBehindBy(Action work)
    {
        long before = Count;
        work();
        return Count - before;
    }
}
