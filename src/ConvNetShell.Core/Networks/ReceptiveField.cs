using ConvNetShell.Core.Layers;

namespace ConvNetShell.Core.Networks;

/// <summary>
/// What part of the network's input one value depends on. A window of size k widens it by (k - 1) jumps and a stride
/// multiplies the jump; behind a dense layer every value sees the whole input and has no place any more.
/// </summary>
internal readonly record struct ReceptiveField
{
    private readonly Shape input;
    private readonly int height, width, down, right;

    private ReceptiveField(Shape input, int height, int width, int down, int right)
    {
        this.input = input;
        (this.height, this.width, this.down, this.right) = (height, width, down, right);
    }

    /// <summary>Gets the pixels along the longer side.</summary>
    public int Pixels => Math.Max(height, width);

    /// <summary>Gets the pixels between two neighbours, the larger of both directions; 0 where values have no place.</summary>
    public int Step => Math.Max(down, right);

    /// <summary>Returns the field of an input value: itself.</summary>
    public static ReceptiveField OfInput(Shape input) => new(input, 1, 1, 1, 1);

    /// <summary>Returns the field of a layer's outputs, given the field of its inputs.</summary>
    public ReceptiveField Through(LayerSpec layer) => layer switch
    {
        DenseSpec => new ReceptiveField(input, input[input.Count > 1 ? 1 : 0], input[^1], 0, 0),
        { Window: Window window } => new ReceptiveField(
            input,
            height + (window.Kernel[0] - 1) * down,
            width + (window.Kernel[1] - 1) * right,
            down * window.Stride[0],
            right * window.Stride[1]),
        _ => this,
    };
}
