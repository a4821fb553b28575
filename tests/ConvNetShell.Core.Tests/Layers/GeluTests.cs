using System.Runtime.InteropServices;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.FusedKernels.Normalization;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>The GELU behind a normalization against libtorch's in float64.</summary>
public sealed class GeluTests
{
    [Theory]
    [InlineData(16, 1000)]
    [InlineData(7, 333)] // no whole patterns at the end
    public void Values_and_slopes_are_those_of_the_definition(int channels, int rows)
    {
        Assert.SkipUnless(OwnConvolution.IsSupported(CPU), "This processor lacks AVX-512.");
        using var scope = NewDisposeScope();
        Tensor values = linspace(-15, 15, rows * channels).reshape(rows, channels).contiguous(),
            exact = values.to(ScalarType.Float64).requires_grad_();
        // means of zero and deviations of one: the values as they are
        var moments = new ChannelMoments(1, new double[channels], [.. Enumerable.Repeat(1.0, channels)]);
        var norm = new FusedBatchNorm(moments, [.. Enumerable.Repeat(1f, channels)], new float[channels], epsilon: 0, NormActivation.Gelu);
        Tensor output = empty_like(values),
            slopes = full_like(values, 2);
        Run((x, y) => norm.Normalize(x, values.numel(), isBFloat16: false, y), values, output);
        Run((x, y) => norm.Return(x, y, values.numel()), values, slopes);
        Tensor wanted = nn.functional.gelu(exact);
        wanted.sum().backward();
        Assert.InRange((output - wanted).abs().max().item<double>(), 0, 5e-7); // 4.1e-7 was the most seen
        Assert.InRange((slopes / 2 - exact.grad!).abs().max().item<double>(), 0, 5e-7);
    }

    [Theory]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.MaxValue, float.MaxValue)]
    [InlineData(float.MinValue, 0f)]
    [InlineData(-1e-30f, -5e-31f)]
    public void Numbers_at_the_limits_are_those_of_the_definition(float value, float result)
    {
        Assert.SkipUnless(OwnConvolution.IsSupported(CPU), "This processor lacks AVX-512.");
        using var scope = NewDisposeScope();
        Tensor values = full([1, 32], value),
            output = empty_like(values);
        var norm = new FusedBatchNorm(
            new ChannelMoments(1, new double[32], [.. Enumerable.Repeat(1.0, 32)]),
            [.. Enumerable.Repeat(1f, 32)],
            new float[32],
            epsilon: 0,
            NormActivation.Gelu
        );
        Run((x, y) => norm.Normalize(x, 32, isBFloat16: false, y), values, output);
        Assert.All(output.data<float>().ToArray(), own => Assert.Equal(result, own, tolerance: 1e-6f));
    }

    private static unsafe void Run(Action<nint, nint> pass, Tensor values, Tensor results)
    {
        fixed (byte* x = values.bytes)
        fixed (byte* y = results.bytes)
        {
            pass((nint)x, (nint)y);
        }
    }
}
