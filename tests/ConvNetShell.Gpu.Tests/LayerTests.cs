using ConvNetShell.Core.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Gpu.Tests;

/// <summary>Each layer computes on a GPU what it computes on the processor, in float64, forward and backward.</summary>
public sealed class LayerTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string, string> Grid => LayerGrid.Cases;

    [Theory, MemberData(nameof(Grid))]
    public void Output_and_gradients_are_those_of_the_processor(string token, string input)
    {
        Device device = Gpu.Device;
        Assert.SkipWhen(
            token.Contains("drop0.", StringComparison.Ordinal),
            "A GPU has a random stream of its own: what is dropped differs."
        );
        using var scope = NewDisposeScope();
        using LayerCase expected = new(token, input),
            actual = new(token, input, device);

        AssertClose("output", expected.Forward(training: false), actual.Forward(training: false));
        expected.Loss().backward();
        actual.Loss().backward();
        AssertClose("gradient of the input", expected.Input.grad!, actual.Input.grad!);
        foreach (var (parameter, other) in expected.Module.Parameters.Zip(actual.Module.Parameters))
        {
            AssertClose($"gradient of {parameter.Name}", parameter.Value.grad!, other.Value.grad!);
        }
        foreach (var (buffer, other) in expected.Module.Buffers.Zip(actual.Module.Buffers))
        {
            AssertClose(buffer.Name, buffer.Value, other.Value);
        }
    }

    [Theory]
    [InlineData("drop0.4", "2,30,30")]
    [InlineData("spatialdrop0.4", "900,3,3")]
    public void Dropout_drops_its_fraction(string token, string input)
    {
        Device device = Gpu.Device;
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(token, input, device);

        double zeros = layer.Forward().eq(0).to(ScalarType.Float64).mean().item<double>();

        Assert.InRange(zeros, 0.35, 0.45);
        Assert.True(layer.Forward().Equals(layer.Forward()), "the same stream draws the same");
    }

    private static void AssertClose(string what, Tensor expected, Tensor actual)
    {
        double[] wanted = expected.detach().cpu().to(ScalarType.Float64).data<double>().ToArray(),
            got = actual.detach().cpu().to(ScalarType.Float64).data<double>().ToArray();
        Assert.Equal(wanted.Length, got.Length);
        double most = wanted.Max(Math.Abs),
            off = wanted.Zip(got, (w, g) => Math.Abs(w - g)).Max();
        Assert.True(off <= Tolerance * Math.Max(1, most), $"{what}: off by {off}, the largest value is {most}");
    }
}
