namespace ConvNetShell.Display.Records.Operators;

/// <summary>What the steps of a convolution have in common, for pictures of them: the whole input and the sizes.</summary>
/// <param name="input">The input's values, channel by channel.</param>
/// <param name="channels">The input's channels.</param>
/// <param name="inputSizes">The input's size in each spatial dimension.</param>
/// <param name="kernelSizes">The kernel's size in each spatial dimension.</param>
/// <param name="maps">The output's maps: one for each kernel; the units of a dense layer are one.</param>
/// <param name="outputSizes">The output's size in each spatial dimension.</param>
/// <param name="dilation">The step from one value under the kernel to the next, in each spatial dimension.</param>
public sealed class ConvolutionScene(
    IReadOnlyList<double> input,
    int channels,
    IReadOnlyList<int> inputSizes,
    IReadOnlyList<int> kernelSizes,
    int maps,
    IReadOnlyList<int> outputSizes,
    IReadOnlyList<int> dilation
)
{
    /// <summary>Gets the input's values, channel by channel.</summary>
    public IReadOnlyList<double> Input => input;

    /// <summary>Gets the input's channels.</summary>
    public int Channels => channels;

    /// <summary>Gets the input's size in each spatial dimension.</summary>
    public IReadOnlyList<int> InputSizes => inputSizes;

    /// <summary>Gets the kernel's size in each spatial dimension.</summary>
    public IReadOnlyList<int> KernelSizes => kernelSizes;

    /// <summary>Gets the output's maps: one for each kernel; the units of a dense layer are one.</summary>
    public int Maps => maps;

    /// <summary>Gets the output's size in each spatial dimension.</summary>
    public IReadOnlyList<int> OutputSizes => outputSizes;

    /// <summary>Gets the step from one value under the kernel to the next, in each spatial dimension.</summary>
    public IReadOnlyList<int> Dilation => dilation;
}
