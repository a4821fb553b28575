namespace ConvNetShell.Display.Records.Traces;

/// <summary>How a layer's units follow from the values they read.</summary>
/// <param name="Kind">The kind of rule.</param>
/// <param name="Operation">The operation as text.</param>
public sealed record LayerRule(LayerRuleKind Kind, string Operation)
{
    /// <summary>Gets the window's rows and columns.</summary>
    public IReadOnlyList<int> Kernel { get; init; } = [1, 1];

    /// <summary>Gets the step from one window to the next, down and across.</summary>
    public IReadOnlyList<int> Stride { get; init; } = [1, 1];

    /// <summary>Gets the zeros above and left of the input.</summary>
    public IReadOnlyList<int> Padding { get; init; } = [0, 0];

    /// <summary>Gets the step from one value of a window to the next, down and across.</summary>
    public IReadOnlyList<int> Dilation { get; init; } = [1, 1];

    /// <summary>Gets the rows and columns of windows that divide the input among them; empty where the window has one size.</summary>
    public IReadOnlyList<int> Cells { get; init; } = [];

    /// <summary>Gets the input channels that each output channel reads; empty for all.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Channels { get; init; } = [];

    /// <summary>
    /// Gets the weights: for each output channel those of its input channels, row by row; for an image the deviation of each channel.
    /// </summary>
    public float[] Weights { get; init; } = [];

    /// <summary>Gets the number that each output channel adds, empty for none; for an image the mean of each channel.</summary>
    public float[] Biases { get; init; } = [];

    /// <summary>Says the operation.</summary>
    /// <returns>For example <c>sum of products</c>.</returns>
    public override string ToString() => Operation;
}
