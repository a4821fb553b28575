using System.Runtime.ExceptionServices;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>Does something with many images at the same time. An error about an image comes out as it is.</summary>
internal static class ParallelImages
{
    /// <summary>Runs an action for each number.</summary>
    /// <param name="count">The number of calls.</param>
    /// <param name="threads">The most at the same time; <see langword="null"/>: as many as there are processors.</param>
    /// <param name="action">What is done, with a number from 0.</param>
    /// <param name="cancellation">Stops between two calls.</param>
    /// <exception cref="ConvNetException">What a call has thrown; of several, one.</exception>
    public static void For(int count, int? threads, Action<int> action, CancellationToken cancellation = default)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads ?? -1, CancellationToken = cancellation };
            Parallel.For(0, count, options, action);
        }
        catch (AggregateException error) when (error.InnerExceptions.OfType<ConvNetException>().FirstOrDefault() is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
