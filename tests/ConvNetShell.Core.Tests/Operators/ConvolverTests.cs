using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Core.Tests.Layers;
using ConvNetShell.Display.Records.Operators;
using CsCheck;

namespace ConvNetShell.Core.Tests.Operators;

/// <summary>The lecture's sums, known figures, and random convolutions against nested loops.</summary>
public sealed class ConvolverTests
{
    private static readonly Gen<(
        int Seed,
        int Dimensions,
        int Channels,
        int Kernels,
        int Kernel,
        int Stride,
        int Dilation,
        Padding Padding,
        bool Flip
    )> Problems = Gen.Select(
        Gen.Int,
        Gen.Int[1, 3],
        Gen.Int[1, 3],
        Gen.Int[1, 3],
        Gen.Int[1, 4],
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 2]),
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2]),
        Gen.Bool,
        (seed, dimensions, channels, kernels, kernel, steps, pads, flip) =>
            (seed, dimensions, channels, kernels, kernel, steps.Item1, steps.Item2, Padding.Of(pads.Item1, pads.Item2), flip)
    );

    [Fact]
    public void One_neuron_spots_a_change_from_high_to_low()
    {
        ConvolutionProblem problem = Problem([1, 1, 1, 0, 0], [1, -1], new() { Padding = Padding.Of(0, 1), Stride = 2 });
        Assert.Equal([0, 1, 0], Convolver.Compute(problem).Values);
        Assert.Equal("floor((5 + 0 + 1 - 2) / 2) + 1 = 3", problem.Formula());
    }

    [Fact]
    public void The_opposite_kernel_is_a_second_channel()
    {
        var kernels = new NumericArray([1, -1, -1, 1], 2, 2);
        NumericArray output = Convolver.Compute(
            ConvolutionProblem.Understand(
                Line(1, 1, 1, 0, 0),
                kernels,
                new()
                {
                    Dimensions = 1,
                    Padding = Padding.Of(0, 1),
                    Stride = 2,
                }
            )
        );
        Assert.Equal("2x3", output.ToString());
        Assert.Equal([0, 1, 0, 0, -1, 0], output.Values);
    }

    [Fact]
    public void Multiplication_of_numbers_is_a_convolution_of_digits()
    {
        double[] digits = [.. Convolver.Compute(Problem([1, 2, 3], [4, 5, 6], new() { Full = true, Flip = true })).Values];
        Assert.Equal([4, 13, 28, 27, 18], digits);
        Assert.Equal(123 * 456, digits.Aggregate(0.0, (number, digit) => 10 * number + digit));
    }

    [Theory] // numpy.convolve's documentation
    [InlineData("Full", new[] { 0, 1, 2.5, 4, 1.5 })]
    [InlineData("Same", new[] { 1, 2.5, 4 })]
    [InlineData("Valid", new[] { 2.5 })]
    public void PaddingIsNumpys(string padding, double[] expected)
    {
        ConvolutionOptions options = new()
        {
            Flip = true,
            Full = padding == "Full",
            Padding = padding == "Same" ? Padding.Same : Padding.Valid,
        };
        Assert.Equal(expected, Convolver.Compute(Problem([1, 2, 3], [0, 1, .5], options)).Values);
    }

    [Fact]
    public void A_NaN_spreads_to_the_windows_that_meet_it_only()
    {
        IReadOnlyList<double> output = Convolver.Compute(Problem([1, 2, double.NaN, 4, 5, 6], [1, 1], new())).Values;
        Assert.Equal([3, double.NaN, double.NaN, 9, 11], output);
    }

    [Fact]
    public void Random_problems_are_nested_loops() =>
        Problems.Sample(
            c =>
            {
                var draw = new Random(c.Seed);
                int[] sizes = [c.Channels, .. Enumerable.Range(0, c.Dimensions).Select(_ => draw.Next(3, 7))],
                    kernel = [c.Kernels, c.Channels, .. Enumerable.Repeat(c.Kernel, c.Dimensions)];
                NumericArray input = Random(draw, sizes),
                    weights = Random(draw, kernel);
                var spec = new ConvSpec(
                    c.Kernels,
                    new Window(c.Kernel, c.Stride, c.Padding) { Dilation = c.Dilation },
                    1,
                    false,
                    c.Dimensions
                );
                var options = new ConvolutionOptions
                {
                    Dimensions = c.Dimensions,
                    Stride = c.Stride,
                    Padding = c.Padding,
                    Dilation = c.Dilation,
                    Flip = c.Flip,
                };
                try
                {
                    spec.OutputShape(new Shape(sizes));
                }
                catch (LayerException)
                {
                    return Assert.Throws<LayerException>(() => ConvolutionProblem.Understand(input, weights, options)).ErrorId
                        == "Layer.KernelTooLarge";
                }
                var problem = ConvolutionProblem.Understand(input, weights, options);
                double[] flipped = [.. weights.Values.Chunk(problem.KernelArea).SelectMany(part => c.Flip ? part.Reverse() : part)];
                double[] expected = NaiveLayers.Convolve([.. input.Values], new Shape(sizes), flipped, null, spec, 1, shared: true);
                NumericArray output = Convolver.Compute(problem);
                double[] traced = [.. ConvolutionTracer.Windows(problem).Select(step => step.Output)];
                ConvolutionMatrix matrix = ConvolutionMatrices.Build(problem, output);
                return Close(expected, output.Values)
                    && Close(expected, traced)
                    && matrix.Difference < 1e-12
                    && matrix.NonZeros <= (long)matrix.Rows * matrix.Columns;
            },
            iter: 200,
            threads: 1
        );

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 3, true)]
    public void The_fourier_transform_gives_what_the_sum_of_taps_gives(int stride, int channels, bool eachAlone)
    {
        var draw = new Random(3);
        NumericArray input = Random(draw, [channels, 300, 250]),
            kernel = eachAlone ? Random(draw, [64, 64]) : Random(draw, [channels, 64, 64]);
        var options = new ConvolutionOptions
        {
            Dimensions = 2,
            Stride = stride,
            Padding = Padding.Of(3, 9),
            Bias = 0.5,
        };
        var problem = ConvolutionProblem.Understand(input, kernel, options);
        NumericArray output = Convolver.Compute(problem);
        foreach (int at in Enumerable.Range(0, 40).Select(_ => draw.Next(output.Values.Count)))
        {
            Assert.Equal(OneOutput(problem, at), output.Values[at], 1e-9);
        }
    }

    /// <summary>Sizes that the transform computes: it would turn one infinity into NaN everywhere.</summary>
    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void One_value_that_is_not_finite_stays_within_its_windows_where_the_kernel_is_large(double value)
    {
        const int height = 300,
            width = 250,
            size = 64,
            row = 150,
            column = 120;
        double[] pixels = [.. Enumerable.Repeat(1.0, height * width)];
        pixels[(row * width) + column] = value;
        double[] ones = [.. Enumerable.Repeat(1.0, size * size)];
        var problem = ConvolutionProblem.Understand(
            new NumericArray(pixels, [height, width]),
            new NumericArray(ones, [size, size]),
            new ConvolutionOptions { Dimensions = 2 }
        );
        IReadOnlyList<double> output = Convolver.Compute(problem).Values;
        int rows = height - size + 1,
            columns = width - size + 1;
        Assert.Equal(rows * columns, output.Count);
        for (int at = 0; at < output.Count; at++)
        {
            bool meets = at / columns is > row - size and <= row && at % columns is > column - size and <= column;
            Assert.Equal(meets ? value : size * size, output[at]);
        }
    }

    private static double OneOutput(ConvolutionProblem problem, int at)
    {
        int places = problem.OutputSizes[0] * problem.OutputSizes[1],
            kernel = at / places,
            stride = problem.Window.Stride[0];
        int y = at % places / problem.OutputSizes[1] * stride - 3,
            x = at % problem.OutputSizes[1] * stride - 3; // padding 3 before
        double total = problem.Options.Bias;
        for (int i = 0; i < problem.ChannelsSeen * problem.KernelArea; i++)
        {
            int channel = problem.EachChannelAlone ? kernel : i / problem.KernelArea,
                row = y + i % problem.KernelArea / 64,
                column = x + i % 64;
            if (row >= 0 && row < 300 && column >= 0 && column < 250)
            {
                total +=
                    problem.Input.Values[(channel * 300 + row) * 250 + column]
                    * problem.Weights[kernel * problem.ChannelsSeen * problem.KernelArea + i];
            }
        }
        return total;
    }

    [Fact]
    public void The_toeplitz_matrix_slides_the_kernel_row_by_row()
    {
        ConvolutionProblem problem = Problem([1, 1, 1, 0, 0], [1, -1], new() { Padding = Padding.Of(0, 1), Stride = 2 });
        ConvolutionMatrix matrix = ConvolutionMatrices.Build(problem, Convolver.Compute(problem));
        Assert.Equal(
            [
                [1, -1, 0, 0, 0],
                [0, 0, 1, -1, 0],
                [0, 0, 0, 0, 1],
            ],
            matrix.Entries
        );
        Assert.Equal((5L, 2, 0.0), (matrix.NonZeros, matrix.Weights, matrix.Difference));
    }

    [Fact]
    public void A_matrix_too_large_to_show_is_refused()
    {
        ConvolutionProblem problem = ConvolutionProblem.Understand(
            Random(new Random(0), [280, 320]),
            Random(new Random(0), [1, 2]),
            new() { Dimensions = 2 }
        );
        Assert.Contains(
            "89320x89600",
            Assert.Throws<InvalidSettingException>(() => ConvolutionMatrices.Build(problem, Convolver.Compute(problem))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_fully_connected_unit_has_a_weight_for_each_input()
    {
        ConvolutionStep[] units =
        [
            .. ConvolutionTracer.Units(Line(1, 1, 1, 0, 0), new NumericArray([1, -1, 0, 0, 0, 0, 0, 1, -1, 0], 2, 5), 0.25),
        ];
        Assert.Equal([0.25, 1.25], units.Select(unit => unit.Output));
        Assert.Throws<ShapeMismatchException>(() => ConvolutionTracer.Units(Line(1, 2, 3), Line(1, 2), 0));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Equal("Layer.KernelTooLarge", Assert.Throws<LayerException>(() => Problem([1, 2], [1, 2, 3], new())).ErrorId);
        Assert.Throws<InvalidSettingException>(() => Problem([1, 2], [1], new() { Stride = 0 }));
        Assert.Throws<ShapeMismatchException>(() => ConvolutionProblem.Understand(Line(1, 2), Line(1), new() { Dimensions = 3 }));
        Assert.Throws<ShapeMismatchException>(() =>
            ConvolutionProblem.Understand(Random(new Random(0), [2, 4, 4]), Random(new Random(0), [3, 2, 2]), new() { Dimensions = 2 })
        );
    }

    private static ConvolutionProblem Problem(double[] input, double[] kernel, ConvolutionOptions options) =>
        ConvolutionProblem.Understand(Line(input), Line(kernel), options);

    private static NumericArray Line(params double[] values) => new(values, values.Length);

    private static NumericArray Random(Random draw, int[] sizes) =>
        new([.. Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).Select(_ => draw.NextDouble() - 0.5)], sizes);

    private static bool Close(IReadOnlyList<double> expected, IReadOnlyList<double> received) =>
        expected.Count == received.Count && expected.Zip(received).All(pair => Math.Abs(pair.First - pair.Second) < 1e-12);
}
