namespace ConvNetShell.Display.Records.Operators;

/// <summary>What the steps of a pooling have in common, for pictures of them: the whole input and the sizes.</summary>
/// <param name="input">The input's values, channel by channel.</param>
/// <param name="channels">The channels.</param>
/// <param name="inputSizes">The input's size in each spatial dimension.</param>
/// <param name="windowSizes">The window's size in each spatial dimension.</param>
/// <param name="outputSizes">The output's size in each spatial dimension.</param>
public sealed class PoolingScene(
    IReadOnlyList<double> input,
    int channels,
    IReadOnlyList<int> inputSizes,
    IReadOnlyList<int> windowSizes,
    IReadOnlyList<int> outputSizes
)
{
    /// <summary>Gets the input's values, channel by channel.</summary>
    public IReadOnlyList<double> Input => input;

    /// <summary>Gets the channels.</summary>
    public int Channels => channels;

    /// <summary>Gets the input's size in each spatial dimension.</summary>
    public IReadOnlyList<int> InputSizes => inputSizes;

    /// <summary>Gets the window's size in each spatial dimension.</summary>
    public IReadOnlyList<int> WindowSizes => windowSizes;

    /// <summary>Gets the output's size in each spatial dimension.</summary>
    public IReadOnlyList<int> OutputSizes => outputSizes;
}
