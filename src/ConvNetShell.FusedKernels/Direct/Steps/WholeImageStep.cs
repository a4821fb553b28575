using ConvNetShell.FusedKernels.Direct.Planes;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>A step with so little to do that an image is computed at once.</summary>
/// <param name="output">The plane it writes.</param>
/// <param name="inputs">The planes it reads.</param>
internal abstract unsafe class WholeImageStep(Plane output, params Plane[] inputs) : IDirectStep
{
    public IReadOnlyList<Plane> Inputs => inputs;

    public Plane Output => output;

    public bool Rectifies { get; set; }

    public void Run(ImageMemory images, int part, int parts)
    {
        for (int image = 0; image < images.Count; image++)
        {
            Run(images.Of(image));
        }
    }

    /// <summary>Computes an image.</summary>
    /// <param name="memory">Its planes.</param>
    protected abstract void Run(float* memory);
}
