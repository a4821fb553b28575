namespace ConvNetShell.FusedKernels.Direct;

/// <summary>Waits for another thread that needs microseconds; where it takes longer, other programs get the core in between.</summary>
internal struct ShortWait
{
    private const int Pauses = 10, // of the processor
        Spins = 50;
    private int spins;

    /// <summary>Waits a little.</summary>
    public void Once()
    {
        if (spins++ < Spins)
        {
            Thread.SpinWait(Pauses);
        }
        else
        {
            _ = Thread.Yield();
        }
    }
}
