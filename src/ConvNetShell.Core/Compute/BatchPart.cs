namespace ConvNetShell.Core.Compute;

/// <summary>A part of a batch that threads compute side by side.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Exchange">Where it meets the others.</param>
internal sealed record BatchPart(int Number, int Count, PartExchange Exchange)
{
    /// <summary>Gets a value indicating whether this part does what is to be done once a batch.</summary>
    public bool IsLast => Number == Count - 1;

    /// <summary>Returns what all parts have found, put together in their order; nothing if one of them has failed.</summary>
    /// <typeparam name="T">What they have found.</typeparam>
    /// <param name="own">What this part has found.</param>
    /// <param name="join">Puts two parts together.</param>
    public T? Join<T>(T own, Func<T, T, T> join)
        where T : class => Exchange.Share(Number, own)?.Aggregate(join);
}
