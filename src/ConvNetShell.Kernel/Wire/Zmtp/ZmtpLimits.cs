namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>What one side takes from peers that it does not know yet.</summary>
/// <param name="MessageBytes">The most bytes of a message, all frames together.</param>
/// <param name="MessageFrames">The most frames of a message.</param>
/// <param name="HeldBytes">The most bytes of the unfinished messages of all peers together.</param>
internal sealed record ZmtpLimits(int MessageBytes, int MessageFrames, long HeldBytes)
{
    /// <summary>The most connections of a port.</summary>
    public int Peers { get; init; } = 64;

    /// <summary>The most bytes that wait for a peer that does not read.</summary>
    public long WaitingBytes { get; init; } = 256L << 20;

    /// <summary>How long a peer may take to introduce itself.</summary>
    public TimeSpan Introduction { get; init; } = TimeSpan.FromSeconds(10);
}
