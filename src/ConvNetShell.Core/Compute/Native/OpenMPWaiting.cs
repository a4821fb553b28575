namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// Keeps libgomp's idle threads from spinning for milliseconds. They wait for each other at the end of every parallel loop;
/// where another program uses the cores, a thread that spins keeps the one it waits for from running, and training falls
/// to a tenth of its speed. A short spin costs nothing measurable on idle cores. GOMP_SPINCOUNT or OMP_WAIT_POLICY in the environment win.
/// </summary>
internal static class OpenMPWaiting
{
    private const string SpinCount = "GOMP_SPINCOUNT",
        WaitPolicy = "OMP_WAIT_POLICY",
        ShortSpin = "1000";

    /// <summary>Sets the spin count; has an effect only before libgomp is opened.</summary>
    public static void Shorten()
    {
        bool chosen =
            Environment.GetEnvironmentVariable(SpinCount) is not null || Environment.GetEnvironmentVariable(WaitPolicy) is not null;
        if (!chosen && OperatingSystem.IsLinux())
        {
            NativeEnvironment.SetDefault(SpinCount, ShortSpin);
        }
    }
}
