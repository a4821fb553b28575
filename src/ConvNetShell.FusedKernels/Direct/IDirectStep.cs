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
    /// <param name="allocator">Allocates what it packs them into.</param>
    void Prepare(INativeMemory allocator) { }

    /// <summary>Gets in how many parts it can be computed side by side; one where there is little to do.</summary>
    int Parts => 1;

    /// <summary>Computes a part of an image.</summary>
    /// <param name="memory">The planes of the image.</param>
    /// <param name="part">The part, counted from zero.</param>
    void Run(float* memory, int part);
}
