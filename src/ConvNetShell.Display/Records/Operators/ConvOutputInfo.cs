namespace ConvNetShell.Display.Records.Operators;

/// <summary>The size of a convolution's or a pooling's output, and how it comes about.</summary>
/// <param name="Input">The input's size.</param>
/// <param name="Kernel">The window's size.</param>
/// <param name="Output">The output's size.</param>
/// <param name="Formula">The formula with the numbers put in.</param>
/// <param name="Padding">The zeros before and after the input in each dimension, as 2:2.</param>
/// <param name="Dropped">The input positions that no window reaches, in each dimension.</param>
/// <param name="Sizes">The output's size as numbers.</param>
public sealed record ConvOutputInfo(
    string Input,
    string Kernel,
    string Output,
    string Formula,
    string Padding,
    IReadOnlyList<int> Dropped,
    IReadOnlyList<int> Sizes
)
{
    /// <summary>Says the formula.</summary>
    /// <returns>For example <c>floor((32 + 2 + 2 - 5) / 1) + 1 = 32</c>.</returns>
    public override string ToString() => Formula;
}
