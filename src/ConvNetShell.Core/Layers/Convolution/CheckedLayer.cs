namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>A convolution whose operator is checked.</summary>
/// <param name="Input">The padded input of a batch of two or more, channels first.</param>
/// <param name="Weight">The shape of the weights.</param>
/// <param name="Shape">How the window moves.</param>
/// <param name="IsTransposed">Whether it is a transposed convolution.</param>
/// <param name="IsReduced">Whether it computes in bfloat16.</param>
internal sealed record CheckedLayer(long[] Input, long[] Weight, ConvolutionShape Shape, bool IsTransposed = false, bool IsReduced = false)
{
    /// <summary>Gets a value indicating whether it may have pictures or films of one channel before it, and no other layer.</summary>
    public bool MayBeFirst => !IsTransposed && Weight[1] == 1 && Shape.Groups == 1;

    /// <summary>Gets a text that is the same for layers which compute the same.</summary>
    public string Key => $"{string.Join('x', Input)} {string.Join('x', Weight)} {Shape.Key} {IsTransposed} {IsReduced}";
}
