namespace ConvNetShell.FusedKernels.Direct.Planes;

/// <summary>A layer, or several in one, of a <see cref="DirectProgram"/>.</summary>
internal interface IDirectStep
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

    /// <summary>Returns in how many parts an image is computed side by side; one where there is little to do.</summary>
    /// <param name="threads">How many threads compute it.</param>
    int Parts(int threads) => 1;

    /// <summary>Computes a part of each image.</summary>
    /// <param name="images">The planes of the images.</param>
    /// <param name="part">The part, counted from zero.</param>
    /// <param name="parts">How many there are.</param>
    void Run(ImageMemory images, int part, int parts);
}
