using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using CsCheck;
using TorchSharp;
using static TorchSharp.torch;
using Padding = ConvNetShell.Core.Layers.Windows.Padding;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>Layers in float32, as users run them, against nested loops, over random shapes in one to three dimensions.</summary>
public sealed class SecondOpinionTests
{
    private const long Cases = 100; // of each kind

    private static readonly Gen<Padding> Pads = Gen.OneOf(
        Gen.Const(Padding.Valid),
        Gen.Const(Padding.Same),
        Gen.Int[0, 2].Select(zeros => Padding.Of(zeros)),
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], (before, after) => Padding.Of(before, after))
    );

    private static readonly Gen<(
        int Seed,
        int Dimensions,
        int Groups,
        int Channels,
        int Filters,
        int Kernel,
        int Stride,
        int Dilation,
        Padding Padding,
        bool Bias
    )> Layers = Gen.Select(
        Gen.Int,
        Gen.Int[1, 3],
        Gen.Int[1, 3],
        Gen.Int[1, 3],
        Gen.Int[1, 3],
        Gen.Int[1, 4],
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 2]),
        Gen.Select(Pads, Gen.Bool),
        (seed, dimensions, groups, channels, filters, kernel, steps, rest) =>
            (seed, dimensions, groups, groups * channels, groups * filters, kernel, steps.Item1, steps.Item2, rest.Item1, rest.Item2)
    );

    [Fact]
    public void Convolution() =>
        Layers.Sample(
            c =>
                Check(
                    new ConvSpec(c.Filters, Window(c.Kernel, c.Stride, c.Padding, c.Dilation), c.Groups, c.Bias, c.Dimensions),
                    Size(c.Seed, c.Channels, c.Dimensions),
                    c.Seed,
                    (spec, shape, input, tensors) =>
                        NaiveLayers.Convolve(input, shape, tensors[0], tensors.ElementAtOrDefault(1), spec, spec.Groups, shared: true)
                ),
            iter: Cases,
            threads: 1
        );

    [Fact]
    public void Transposed_convolution() =>
        Layers.Sample(
            c =>
                Check(
                    new TransposedConvSpec(c.Filters, Window(c.Kernel, c.Stride, c.Padding, c.Dilation), c.Groups, c.Bias, c.Dimensions),
                    Size(c.Seed, c.Channels, c.Dimensions),
                    c.Seed,
                    (spec, shape, input, tensors) => NaiveLayers.Transpose(input, shape, tensors[0], tensors.ElementAtOrDefault(1), spec)
                ),
            iter: Cases,
            threads: 1
        );

    [Fact]
    public void Locally_connected() =>
        Layers.Sample(
            c =>
                Check(
                    new LocalSpec(c.Filters, Window(c.Kernel, c.Stride, c.Padding, c.Dilation), c.Bias, c.Dimensions),
                    Size(c.Seed, c.Channels, c.Dimensions),
                    c.Seed,
                    (spec, shape, input, tensors) =>
                        NaiveLayers.Convolve(input, shape, tensors[0], tensors.ElementAtOrDefault(1), spec, 1, shared: false)
                ),
            iter: Cases,
            threads: 1
        );

    [Fact]
    public void Pooling() =>
        Layers.Sample(
            c =>
            {
                bool fits = Math.Max(c.Padding.Before[0], c.Padding.After[0]) <= c.Kernel / 2;
                return !fits
                    || Check(
                        new PoolSpec(c.Bias ? PoolKind.Max : PoolKind.Average, Window(c.Kernel, c.Stride, c.Padding, 1)),
                        Size(c.Seed, c.Channels, c.Dimensions),
                        c.Seed,
                        (spec, shape, input, _) => NaiveLayers.Pool(input, shape, spec)
                    );
            },
            iter: 2 * Cases,
            threads: 1
        );

    private static Window Window(int kernel, int stride, Padding padding, int dilation) =>
        new(kernel, stride, padding) { Dilation = dilation };

    private static Shape Size(int seed, int channels, int dimensions)
    {
        var draw = new Random(seed);
        return new Shape([channels, .. Enumerable.Range(0, dimensions).Select(_ => draw.Next(3, 8))]);
    }

    /// <summary>Compares a batch of two; a window that does not fit must be the layer's own error.</summary>
    private static bool Check<T>(T spec, Shape shape, int seed, Func<T, Shape, double[], double[][], double[]> naive)
        where T : LayerSpec
    {
        try
        {
            spec.OutputShape(shape);
        }
        catch (LayerException error)
        {
            return error.ErrorId is "Layer.KernelTooLarge" or "Layer.PaddingTooLarge";
        }
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)(uint)seed);
        using LayerModule module = spec.Build(
            shape,
            new WeightInitializer(random, new Initializer(InitializerKind.Xavier), Rectified: false)
        );
        using (no_grad())
        {
            foreach (NamedTensor tensor in module.Parameters.Skip(1))
            {
                tensor.Value.uniform_(-1, 1, random); // biases start at zero, where a mistake in them would not show
            }
        }
        Tensor batch = rand([2, .. shape.ToArray().Select(size => (long)size)], generator: random) - 0.5;
        double[] received = Values(module.Forward(batch, new ForwardContext(Training: false)));
        double[][] tensors = [.. module.Parameters.Select(tensor => Values(tensor.Value))];
        double[] expected = [.. Enumerable.Range(0, 2).SelectMany(sample => naive(spec, shape, Values(batch[sample]), tensors))];
        return expected.Length == received.Length
            && expected.Zip(received).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.First)));
    }

    private static double[] Values(Tensor tensor) => tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
}
