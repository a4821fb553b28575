using ConvNetShell.FusedKernels.Direct.Planes;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>A convolution.</summary>
internal abstract class ConvolutionStep : IDirectStep
{
    /// <param name="input">Its input.</param>
    /// <param name="output">Its output.</param>
    /// <param name="filters">The weights: filters x frames x rows x columns x channels.</param>
    /// <param name="bias">A number for each filter.</param>
    protected ConvolutionStep(Plane input, Plane output, float[] filters, float[] bias) =>
        (Input, Output, Filters, Bias, Inputs, Products) = (
            input,
            output,
            [.. filters],
            [.. bias],
            [input],
            (long)output.Lines * output.Width * filters.Length
        );

    public IReadOnlyList<Plane> Inputs { get; }

    public Plane Output { get; }

    public bool Rectifies { get; set; }

    /// <summary>Gets the multiplications of the definition.</summary>
    public long Products { get; }

    /// <summary>Gets its input.</summary>
    protected Plane Input { get; }

    /// <summary>Gets the weights until they are packed: filters x frames x rows x columns x channels.</summary>
    protected float[] Filters { get; private set; }

    /// <summary>Gets a number for each filter.</summary>
    protected float[] Bias { get; }

    /// <summary>Gets the pixels of the output.</summary>
    protected int Pixels => Output.Lines * Output.Width;

    /// <summary>Gets the largest number of parts.</summary>
    protected abstract int MostParts { get; }

    /// <summary>Gets the multiplications of the definition that are worth a part: two microseconds or three.</summary>
    protected virtual long LeastForPart => 250_000;

    /// <summary>Gets how many parts a thread may have: more, where one is slowed down by other programs, are shared more evenly.</summary>
    protected virtual int PartsOfThread => 8;

    public int Parts(int threads) => (int)Math.Clamp(Products / LeastForPart, 1, Math.Min(MostParts, (long)PartsOfThread * threads));

    public void Prepare(INativeMemory allocator)
    {
        Pack(allocator);
        Filters = [];
    }

    public abstract void Run(ImageMemory images, int part, int parts);

    /// <summary>Multiplies each filter's output and adds to it, by other weights and biases.</summary>
    /// <param name="scale">The factors.</param>
    /// <param name="shift">What is added.</param>
    public void Scale(ReadOnlySpan<double> scale, ReadOnlySpan<double> shift)
    {
        int window = Filters.Length / Bias.Length;
        for (int f = 0; f < Bias.Length; f++)
        {
            for (int i = f * window; i < (f + 1) * window; i++)
            {
                Filters[i] = (float)(Filters[i] * scale[f]);
            }

            Bias[f] = (float)(Bias[f] * scale[f] + shift[f]);
        }
    }

    /// <summary>Packs the weights when all planes have their places.</summary>
    /// <param name="allocator">Allocates what it packs them into.</param>
    protected abstract void Pack(INativeMemory allocator);
}
