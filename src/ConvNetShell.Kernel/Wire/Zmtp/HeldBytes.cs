namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>Counts the bytes of unfinished messages, over all peers that share it.</summary>
internal sealed class HeldBytes(long most)
{
    private long count;

    /// <summary>Takes bytes.</summary>
    /// <exception cref="ZmtpException">There would be too many.</exception>
    public void Take(int bytes)
    {
        if (Interlocked.Add(ref count, bytes) > most)
        {
            Give(bytes);
            throw new ZmtpException($"expected unfinished messages of at most {most} bytes, of all peers together. Received: more.");
        }
    }

    /// <summary>Gives bytes back.</summary>
    public void Give(int bytes) => Interlocked.Add(ref count, -bytes);
}
