using ConvNetShell.FusedKernels.Direct.Planes;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>
/// Computes a single image with several threads. A step's parts are taken one by one, so that the first thread does all of them where no
/// other one comes; it never waits for one that has not begun.
/// </summary>
/// <param name="steps">The steps in order.</param>
/// <param name="image">The planes of the image.</param>
internal sealed class StepTeam(IDirectStep[] steps, ImageMemory image)
{
    private const int StepBits = 16; // above the number of the next part
    private int next = steps[0].Parts; // step and part; none of the first step is left before it begins
    private int done; // parts of the present step
    private bool isOver;

    /// <summary>Computes the image.</summary>
    public void Run()
    {
        for (int i = 0; i < steps.Length; i++)
        {
            int parts = steps[i].Parts;
            if (parts == 1)
            {
                steps[i].Run(image, 0, 1);
                continue;
            }

            Volatile.Write(ref done, 0);
            Volatile.Write(ref next, i << StepBits);
            while (TakePart()) { }

            var wait = default(ShortWait);
            while (Volatile.Read(ref done) < parts)
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

        IDirectStep step = steps[taken >> StepBits];
        step.Run(image, taken & ((1 << StepBits) - 1), step.Parts);
        Interlocked.Increment(ref done);
        return true;
    }

    private bool IsLeft(int at) => (at & ((1 << StepBits) - 1)) < steps[at >> StepBits].Parts;
}
