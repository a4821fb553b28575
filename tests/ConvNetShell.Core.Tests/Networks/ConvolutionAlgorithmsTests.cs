using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;
using Padding = ConvNetShell.Core.Layers.Windows.Padding;

namespace ConvNetShell.Core.Tests.Networks;

/// <summary>
/// Convolutions in float32 against the sum of taps in float64, over shapes whose channels fill no block: on some
/// processors the library's own operator is wrong there, by a tenth and more.
/// </summary>
public sealed class ConvolutionAlgorithmsTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Output_and_gradients_are_right_for_any_shape(int seed)
    {
        var draw = new Random(seed);
        int groups = draw.Next(4) == 0 ? draw.Next(2, 5) : 1;
        int channels = groups * draw.Next(1, 36 / groups),
            filters = groups * draw.Next(1, 36 / groups);
        Padding padding = draw.Next(3) == 0 ? Padding.Same : Padding.Of(draw.Next(3));
        var shape = new Shape(channels, draw.Next(5, 9), draw.Next(5, 9));
        var spec = new ConvSpec(filters, new Window(draw.Next(1, 6), draw.Next(1, 3), padding), groups);

        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)seed);
        using var module = (ConvModule)
            spec.Build(shape, new WeightInitializer(random, new Initializer(InitializerKind.He), Rectified: true));
        Tensor weight = module.Parameters[0].Value;
        Tensor values = randn([3, shape[0], shape[1], shape[2]], generator: random);
        Tensor input = (draw.Next(2) == 0 ? values : ChannelsLast.Ensure(values)).detach().requires_grad_();
        Tensor output = module.Forward(input, new ForwardContext(Training: true));
        Tensor gradient = randn(output.shape, generator: random);
        output.backward([gradient]);

        (int Before, int After)[] pads = spec.Window.Pads(shape);
        Tensor exactInput = values.to(ScalarType.Float64).requires_grad_(),
            exactWeight = weight.detach().to(ScalarType.Float64).requires_grad_();
        Tensor padded = nn.functional.pad(exactInput, [pads[1].Before, pads[1].After, pads[0].Before, pads[0].After]);
        long[] stride = [.. spec.Window.Stride.Expand(2)];
        Tensor exact = ConvolutionAlgorithms.ByTaps(padded, exactWeight, null, new ConvolutionShape(stride, [0, 0], [1, 1], groups));
        exact.backward([gradient.to(ScalarType.Float64)]);

        Assert.True(Error(output, exact) < Tolerance, $"output of {spec} on {shape}: {Error(output, exact)}");
        Assert.True(
            Error(input.grad!, exactInput.grad!) < Tolerance,
            $"input gradient of {spec} on {shape}: {Error(input.grad!, exactInput.grad!)}"
        );
        Assert.True(
            Error(weight.grad!, exactWeight.grad!) < Tolerance,
            $"weight gradient of {spec} on {shape}: {Error(weight.grad!, exactWeight.grad!)}"
        );
    }

    [Theory] // the first ended the process by a division by zero in oneDNN, on some virtual processors
    [InlineData(ScalarType.Float32, 1e-4, 512, 1024, 4, 4)]
    [InlineData(ScalarType.Float32, 1e-4, 1024, 1024, 2, 2)]
    [InlineData(ScalarType.Float32, 1e-4, 3, 5, 7, 6)]
    [InlineData(ScalarType.Float32, 1e-4, 24, 40, 2, 5, 6)]
    [InlineData(ScalarType.BFloat16, 0.02, 512, 1024, 4, 4)]
    public void Filters_of_one_value_are_a_product_over_the_channels(
        ScalarType type,
        double tolerance,
        int channels,
        int filters,
        params int[] size
    )
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        long[] ones = [.. size.Select(_ => 1L)];
        var shape = new ConvolutionShape(ones, [.. size.Select(_ => 0L)], ones, 1);
        Tensor input = randn([2, channels, .. size.Select(n => (long)n)], generator: random),
            weight = randn([filters, channels, .. ones], generator: random) / Math.Sqrt(channels),
            bias = randn(filters, generator: random);

        Tensor exact = ConvolutionAlgorithms.ByTaps(
            input.to(ScalarType.Float64),
            weight.to(ScalarType.Float64),
            bias.to(ScalarType.Float64),
            shape
        );
        Tensor output = ConvolutionAlgorithms.ByLibrary(input.to(type), weight.to(type), bias.to(type), shape);

        Assert.Equal(type, output.dtype);
        Assert.Equal(exact.shape, output.shape);
        Assert.Equal(ChannelsLast.Ensure(output).stride(), output.stride());
        Assert.True(Error(output, exact) < tolerance, $"{Error(output, exact)}");
    }

    [Theory] // with one channel and 12 filters, oneDNN's gradient of the input was wrong by half on some virtual processors
    [InlineData(1, 12, new long[] { 3, 5, 5 }, new long[] { 1, 2, 2 }, new long[] { 0, 2, 2 }, new long[] { 1, 1, 1 })]
    [InlineData(1, 12, new long[] { 3, 3, 3 }, new long[] { 1, 1, 1 }, new long[] { 1, 1, 1 }, new long[] { 1, 1, 1 })]
    [InlineData(1, 1, new long[] { 3, 3, 3 }, new long[] { 1, 1, 1 }, new long[] { 1, 1, 1 }, new long[] { 1, 1, 1 })]
    [InlineData(1, 16, new long[] { 3, 3, 3 }, new long[] { 2, 1, 1 }, new long[] { 1, 1, 1 }, new long[] { 1, 1, 1 })]
    [InlineData(1, 37, new long[] { 2, 1, 3 }, new long[] { 1, 2, 1 }, new long[] { 0, 0, 1 }, new long[] { 2, 1, 2 })]
    [InlineData(2, 12, new long[] { 1, 2, 4 }, new long[] { 1, 3, 1 }, new long[] { 0, 1, 3 }, new long[] { 2, 2, 2 })]
    [InlineData(12, 5, new long[] { 3, 3, 3 }, new long[] { 2, 2, 2 }, new long[] { 1, 1, 1 }, new long[] { 1, 1, 1 })]
    public void Three_dimensions_are_right_where_filters_fill_no_block(
        int channels,
        int filters,
        long[] kernel,
        long[] stride,
        long[] padding,
        long[] dilation
    )
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        var shape = new ConvolutionShape(stride, padding, dilation, 1);
        Tensor values = randn([3, channels, 7, 8, 9], generator: random),
            filter = ChannelsLast.Ensure(randn([filters, channels, .. kernel], generator: random)),
            bias = randn(filters, generator: random);

        Tensor[] expected = Run(ConvolutionAlgorithms.ByTaps, ScalarType.Float64);
        for (int repetition = 0; repetition < 10; repetition++) // what is read unwritten differs
        {
            Tensor[] received = Run(ConvolutionAlgorithms.ByLibrary, ScalarType.Float32, isFirst: repetition % 2 != 0);
            Assert.Equal(ChannelsLast.Ensure(received[0]).stride(), received[0].stride());
            Assert.All(expected.Zip(received), pair => Assert.InRange(Error(pair.Second, pair.First), 0, Tolerance));
        }

        // the first layer of a network needs no gradient of its input
        Tensor[] Run(ConvolutionAlgorithms.Operator compute, ScalarType type, bool isFirst = false)
        {
            Tensor[] leaves = [.. new[] { bias, filter, values }.Select(leaf => leaf.to(type, copy: true).requires_grad_())];
            leaves[2].requires_grad_(!isFirst);
            Tensor output = compute(leaves[2], leaves[1], leaves[0], shape);
            output.square().sum().backward();
            return [output.detach(), .. leaves[..(isFirst ? 2 : 3)].Select(leaf => leaf.grad!)];
        }
    }

    [Fact]
    public void Taps_add_up_to_the_sum_over_each_window()
    {
        using var scope = NewDisposeScope();
        Tensor input = arange(16, ScalarType.Float32).reshape(1, 1, 4, 4),
            kernel = tensor(new float[] { 1, 2, 3, 4 }).reshape(1, 1, 2, 2);
        Tensor output = ConvolutionAlgorithms.ByTaps(input, kernel, null, new ConvolutionShape([2, 2], [0, 0], [1, 1], 1));
        Assert.Equal([34f, 54f, 114f, 134f], output.contiguous().data<float>().ToArray());
    }

    private static double Error(Tensor received, Tensor expected) =>
        ((received.to(ScalarType.Float64) - expected).abs().max() / (expected.abs().max() + 1e-3)).item<double>();
}
