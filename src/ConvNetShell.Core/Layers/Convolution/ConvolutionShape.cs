namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>How a convolution moves over its input; one number for each spatial dimension.</summary>
/// <param name="Stride">The step of the window.</param>
/// <param name="Padding">The zeros on each side of the input (transposed: the values cut off each side of the output).</param>
/// <param name="Dilation">The step within the window.</param>
/// <param name="Groups">The parts the channels are divided into.</param>
internal sealed record ConvolutionShape(long[] Stride, long[] Padding, long[] Dilation, long Groups)
{
    /// <summary>Gets a text that is the same for the same movement.</summary>
    public string Key => $"{string.Join('x', Stride)} {string.Join('x', Padding)} {string.Join('x', Dilation)} {Groups}";

    /// <summary>Gets the same shape with a dimension of size one put before the others.</summary>
    public ConvolutionShape Lifted => new([1, .. Stride], [0, .. Padding], [1, .. Dilation], Groups);

    /// <summary>Gets a value indicating whether the stride is 1 and nothing is padded.</summary>
    public bool IsPlain => Array.TrueForAll(Stride, step => step == 1) && Array.TrueForAll(Padding, zeros => zeros == 0);

    /// <summary>Gets the same shape with a stride of 1 and without padding.</summary>
    public ConvolutionShape Unstrided => new([.. Stride.Select(_ => 1L)], [.. Padding.Select(_ => 0L)], Dilation, Groups);
}
