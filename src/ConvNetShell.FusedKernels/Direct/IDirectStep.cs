namespace ConvNetShell.FusedKernels.Direct;

/// <summary>A layer, or several in one, of a <see cref="DirectProgram"/>.</summary>
internal unsafe interface IDirectStep
{
    /// <summary>Gets the planes it reads.</summary>
    IReadOnlyList<Plane> Inputs { get; }

    /// <summary>Gets the plane it writes.</summary>
    Plane Output { get; }

    /// <summary>Gets or sets a value indicating whether it makes negative numbers zero at last.</summary>
    bool Rectifies { get; set; }

    /// <summary>Packs its numbers when all planes have their places.</summary>
    void Prepare();

    /// <summary>Computes an image.</summary>
    /// <param name="memory">The planes of the image.</param>
    /// <param name="threads">The threads that may compute; a step with little to do takes one.</param>
    void Run(float* memory, int threads);
}
