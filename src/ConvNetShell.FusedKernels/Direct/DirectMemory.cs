using ConvNetShell.FusedKernels.Direct.Planes;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>Gives the planes of a program their places in the memory of an image.</summary>
internal static class DirectMemory
{
    private const int Line = 16; // numbers of a cache line

    /// <summary>
    /// Places the planes: one that is not read any more gives its place to the next of the same shape, whose zeros are there already.
    /// </summary>
    /// <param name="input">The plane of the images.</param>
    /// <param name="output">The plane that is read at last.</param>
    /// <param name="steps">The steps in order.</param>
    public static void Place(Plane input, Plane output, IReadOnlyList<IDirectStep> steps)
    {
        var lastUse = new Dictionary<Plane, int> { [input] = 0 };
        for (int i = 0; i < steps.Count; i++)
        {
            lastUse[steps[i].Output] = i;
            foreach (Plane read in steps[i].Inputs)
            {
                lastUse[read] = i;
            }
        }

        lastUse[output] = int.MaxValue;
        int end = Rounded(input.Size);
        var free = new List<Plane>();
        for (int i = 0; i < steps.Count; i++)
        {
            Plane next = steps[i].Output;
            Plane? old = free.Find(each => each.IsLike(next));
            next.Start = old?.Start ?? end;
            end += old is null ? Rounded(next.Size) : 0;
            free.Remove(old!);
            free.AddRange(lastUse.Where(each => each.Value == i && each.Key != input).Select(each => each.Key));
        }
    }

    /// <summary>Returns how many numbers the planes take.</summary>
    public static int Size(IEnumerable<Plane> planes) => planes.Max(plane => plane.Start + Rounded(plane.Size));

    private static int Rounded(int size) => (size + Line - 1) / Line * Line;
}
