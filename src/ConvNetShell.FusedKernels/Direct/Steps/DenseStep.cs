using ConvNetShell.FusedKernels.Direct.Planes;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>A fully connected layer.</summary>
/// <param name="input">Its input.</param>
/// <param name="weights">The weights: units x channels x frames x rows x columns, as maps are flattened.</param>
/// <param name="bias">A number for each unit.</param>
internal sealed unsafe class DenseStep(Plane input, float[] weights, float[] bias) : IDirectStep
{
    private DenseProduct? product;

    public IReadOnlyList<Plane> Inputs => [input];

    public Plane Output { get; } = new(1, 1, bias.Length);

    public bool Rectifies { get; set; }

    public void Prepare(INativeMemory allocator)
    {
        int pixels = input.Lines * input.Width;
        float[] inOrder = new float[weights.Length]; // the channels of a pixel next to each other
        for (int unit = 0; unit < weights.Length; unit += input.Count)
        {
            for (int i = 0; i < input.Count; i++)
            {
                (int pixel, int channel) = Math.DivRem(i, input.Channels);
                inOrder[unit + i] = weights[unit + channel * pixels + pixel];
            }
        }
        product = new DenseProduct(inOrder, bias, allocator);
    }

    public void Run(ImageMemory images, int part, int parts)
    {
        float* memory = images.Of(0);
        product!.Run(
            memory + input.At(0, 0),
            DenseRows.Of(input),
            images.Step,
            images.Count,
            memory + Output.At(0, 0),
            images.Step,
            Rectifies
        );
    }
}
