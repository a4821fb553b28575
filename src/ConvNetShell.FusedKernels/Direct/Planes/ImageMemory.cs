using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Direct.Planes;

/// <summary>Where the planes of some images are.</summary>
/// <param name="Start">The address of the first image's.</param>
/// <param name="Step">The numbers from an image's to the next one's.</param>
/// <param name="Count">How many images.</param>
/// <param name="Pool">Has memory for what is between two planes.</param>
internal readonly unsafe record struct ImageMemory(nint Start, nint Step, int Count, IdlePool<KernelScratch> Pool)
{
    /// <summary>Returns the planes of an image.</summary>
    /// <param name="image">The image, counted from zero.</param>
    public float* Of(int image) => (float*)Start + image * Step;
}
