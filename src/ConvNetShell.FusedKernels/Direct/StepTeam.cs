using ConvNetShell.FusedKernels.Direct.Planes;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>
/// Computes a single image with several threads. A step's parts are taken one by one, so that the first thread does all of them where no
/// other one comes; it never waits for one that has not begun.
/// </summary>
/// <param name="steps">The steps in order.</param>
/// <param name="image">The planes of the image.</param>
/// <param name="threads">How many threads compute it, if all of them come.</param>
internal sealed class StepTeam(IDirectStep[] steps, ImageMemory image, int threads)
{
    private const int StepBits = 16; // above the number of the next part
    private const int PartMask = (1 << StepBits) - 1;
    private readonly int[] parts = Array.ConvertAll(steps, step => step.Parts(threads));
    private int next = PartMask; // step and part; none of the first step is left before it begins
    private int done; // parts of the present step
    private bool isOver;

    /// <summary>Computes the image.</summary>
    public void Run()
    {
        for (int i = 0; i < steps.Length; i++)
        {
            if (parts[i] == 1)
            {
                steps[i].Run(image, 0, 1);
                continue;
            }

            Volatile.Write(ref done, 0);
            Volatile.Write(ref next, i << StepBits);
            while (TakePart()) { }

            var wait = default(ShortWait);
            while (Volatile.Read(ref done) < parts[i])
            {
                wait.Once();
            }
        }

        Volatile.Write(ref isOver, true);
    }

    /// <summary>Helps until the image is done.</summary>
    public void Help()
    {
        var wait = default(ShortWait);
        while (!Volatile.Read(ref isOver))
        {
            if (IsLeft(Volatile.Read(ref next)) && TakePart())
            {
                wait = default;
            }
            else
            {
                wait.Once();
            }
        }
    }

    private bool TakePart()
    {
        int taken = Interlocked.Increment(ref next) - 1;
        if (!IsLeft(taken))
        {
            return false;
        }

        int step = taken >> StepBits;
        steps[step].Run(image, taken & PartMask, parts[step]);
        Interlocked.Increment(ref done);
        return true;
    }

    private bool IsLeft(int at) => (at & PartMask) < parts[at >> StepBits];
}
