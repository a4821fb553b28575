using System.Globalization;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Normalization;

/// <summary>
/// Layer normalization (Ba et al., arXiv 1607.06450): the values of each sample, all channels together, get mean 0 and deviation 1,
/// then each channel a trainable scale and shift. It is PyTorch's GroupNorm of one group; PyTorch's LayerNorm over channels, height and
/// width normalizes alike but has a scale and a shift for every value. Works the same in training and after it; epsilon 1e-5.
/// </summary>
public sealed record LayerNormSpec : LayerSpec
{
    /// <inheritdoc />
    public override string Kind => "ln";

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => 2L * input.Channels;

    /// <inheritdoc />
    public override string Formula(Shape input) =>
        string.Create(CultureInfo.InvariantCulture, $"2x{input.Channels} = {ParameterCount(input)}");

    /// <inheritdoc />
    public override string ToToken() => Kind;

    internal override LayerModule Build(Shape input, WeightInitializer start) => new GroupNormModule(1, input);
}
