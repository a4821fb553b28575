using System.Globalization;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Normalization;

/// <summary>
/// Batch normalization (Ioffe and Szegedy, arXiv 1502.03167): each channel gets mean 0 and deviation 1 over the batch,
/// then a trainable scale and shift. After training it uses running averages (momentum 0.1, epsilon 1e-5).
/// </summary>
public sealed record BatchNormSpec : LayerSpec
{
    /// <inheritdoc />
    public override string Kind => "bn";

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => 2L * input.Channels;

    /// <inheritdoc />
    public override string Formula(Shape input) =>
        string.Create(CultureInfo.InvariantCulture, $"2x{input.Channels} = {ParameterCount(input)}");

    /// <inheritdoc />
    public override string ToToken() => Kind;

    internal override LayerModule Build(Shape input, WeightInitializer start) => new BatchNormModule(input);
}
