using ConvNetShell.FusedKernels.Columns;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Tests;

public sealed unsafe class ColumnConvolutionTests
{
    private const double Tolerance = 2e-6; // relative to the largest number
    private const int Seed = 1337,
        DrawnShapes = 60;

    public ColumnConvolutionTests() =>
        Assert.SkipUnless(WinogradConvolution.IsSupported, "This processor lacks AVX-512; libtorch convolves there.");

    /// <summary>Layers of ResNet20, windows that are wider than an image with all its zeros allows, and some drawn from a seed.</summary>
    public static TheoryData<ColumnShape, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<ColumnShape, int>
            {
                { new(16, 32, 32, 32, new DirectWindow(3, 3, 2, 2, Bottom: 1, Right: 1)), 3 },
                { new(32, 16, 16, 64, new DirectWindow(3, 3, 2, 2, 1, 1, 1, 1)), 2 },
                { new(5, 9, 7, 40, new DirectWindow(1, 1, 2, 3)), 2 },
                { new(3, 4, 4, 17, new DirectWindow(7, 7, 1, 4, 3, 3, 3, 3)), 2 },
                { new(1, 1, 1, 1, new DirectWindow(1, 1, 1, 1)), 3 },
                { new(2, 3, 2, 3, new DirectWindow(2, 2, 3, 3, 4, 5, 6, 4)), 2 }, // some windows are in the zeros alone
                { new(200, 5, 6, 70, new DirectWindow(3, 2, 2, 1, 1, 0, 0, 1)), 1 },
            };
            var random = new Random(Seed);
            for (int i = 0; i < DrawnShapes; i++)
            {
                (int rows, int columns) = (random.Next(1, 6), random.Next(1, 6));
                var window = new DirectWindow(
                    rows,
                    columns,
                    random.Next(1, 4),
                    random.Next(1, 4),
                    random.Next(4),
                    random.Next(4),
                    random.Next(4),
                    random.Next(4)
                );
                shapes.Add(
                    new(
                        random.Next(1, 40),
                        Math.Max(1, rows - window.Top - window.Bottom) + random.Next(14),
                        Math.Max(1, columns - window.Left - window.Right) + random.Next(14),
                        random.Next(1, 70),
                        window
                    ),
                    random.Next(1, 5)
                );
            }
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Output_and_gradients_are_those_of_the_definition(ColumnShape shape, int count)
    {
        var reference = new RowReference(shape, count, Seed);
        foreach (bool isAtEnd in new[] { false, true })
        {
            using var memory = new GuardedMemory(isAtEnd);
            using var scratch = new KernelScratch(memory);
            RowResults.Of(shape.With(scratch), reference, memory).AssertClose(reference, Tolerance);
        }
    }

    [Fact]
    public void An_image_has_the_same_results_in_every_batch_and_every_time()
    {
        var shape = new ColumnShape(17, 15, 13, 20, new DirectWindow(3, 3, 2, 2, 1, 1, 1, 1));
        var reference = new RowReference(shape, 6, Seed);
        using var memory = new GuardedMemory(isAtEnd: true);
        using var scratch = new KernelScratch(memory);
        IRowConvolution convolution = shape.With(scratch);
        RowResults whole = RowResults.Of(convolution, reference, memory),
            again = RowResults.Of(convolution, reference, memory),
            last = RowResults.Of(convolution, reference, memory, 5, 6);

        Assert.Equal(whole.Output, again.Output);
        Assert.Equal(whole.InputGradient, again.InputGradient);
        Assert.Equal(whole.FilterGradient, again.FilterGradient);
        Assert.Equal(whole.Output[(5 * reference.OutputSize)..], last.Output);
        Assert.Equal(whole.InputGradient[(5 * reference.ImageSize)..], last.InputGradient);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_no_number_stays_in_its_image(float number)
    {
        const int spoiled = 1;
        var shape = new ColumnShape(20, 6, 6, 18, new DirectWindow(3, 3, 2, 2, 0, 0, 1, 1));
        var reference = new RowReference(shape, 3, Seed);
        reference.Images.AsSpan(spoiled * reference.ImageSize, reference.ImageSize).Fill(number);
        reference.Gradient.AsSpan(spoiled * reference.OutputSize, reference.OutputSize).Fill(number);
        using var memory = new GuardedMemory(isAtEnd: true);
        using var scratch = new KernelScratch(memory);

        RowResults results = RowResults.Of(shape.With(scratch), reference, memory);

        for (int image = 0; image < 3; image++)
        {
            float[] output = results.Output[(image * reference.OutputSize)..((image + 1) * reference.OutputSize)],
                gradient = results.InputGradient[(image * reference.ImageSize)..((image + 1) * reference.ImageSize)];
            Assert.Equal(image != spoiled, output.All(float.IsFinite));
            Assert.Equal(image != spoiled, gradient.All(float.IsFinite));
        }
    }

    /// <summary>Each uses the memory that the others have left their numbers in.</summary>
    [Fact]
    public void Convolutions_of_several_sizes_share_their_memory()
    {
        using var memory = new GuardedMemory(isAtEnd: true);
        using var scratch = new KernelScratch(memory);
        foreach (int channels in new[] { 5, 33, 17, 3, 40 })
        {
            var shape = new ColumnShape(channels, 6, 9, 50 - channels, new DirectWindow(3, 2, 2, 1, 1, 0, 1, 1));
            var reference = new RowReference(shape, 2, Seed);
            IRowConvolution convolution = shape.With(scratch);
            var other = new WinogradShape(70 - channels, 6, 9, 20, 1, 0);
            RowResults.Of(other.With(scratch), new RowReference(other, 2, Seed), memory);
            RowResults.Of(convolution, reference, memory).AssertClose(reference, Tolerance);
        }
    }

    [Fact]
    public void Neither_images_nor_a_bias_nor_a_gradient_is_needed()
    {
        var shape = new ColumnShape(3, 5, 5, 4, new DirectWindow(3, 3, 2, 2));
        var reference = new RowReference(shape, 2, Seed);
        Array.Clear(reference.Bias);
        using var memory = new GuardedMemory(isAtEnd: true);
        using var scratch = new KernelScratch(memory);
        IRowConvolution convolution = shape.With(scratch);
        RowResults expected = RowResults.Of(convolution, reference, memory),
            none = RowResults.Of(convolution, new RowReference(shape, 0, Seed), memory);
        float[] output = new float[expected.Output.Length],
            inputs = new float[expected.InputGradient.Length],
            weights = new float[expected.FilterGradient.Length];
        fixed (
            float* x = reference.Images,
                dy = reference.Gradient,
                w = reference.Filters,
                y = output,
                dx = inputs,
                dw = weights
        )
        {
            convolution.Forward(x, 2, w, null, y);
            convolution.Backward(x, dy, 2, w, null, null, null);
            convolution.Backward(x, dy, 2, w, dx, null, null);
            convolution.Backward(x, dy, 2, w, null, dw, null);
        }

        Assert.Equal(expected.Output, output);
        Assert.Equal(expected.InputGradient, inputs);
        Assert.Equal(expected.FilterGradient, weights);
        Assert.All(none.FilterGradient, gradient => Assert.Equal(0, gradient));
        Assert.All(none.BiasGradient, gradient => Assert.Equal(0, gradient));
    }

    [Theory]
    [InlineData(0, 5, 5, 4, 2)]
    [InlineData(3, 2, 5, 4, 2)]
    [InlineData(3, 5, 5, 0, 2)]
    [InlineData(3, 5, 5, 4, 0)]
    public void A_shape_that_is_not_possible_is_an_error(int channels, int height, int width, int filters, int step)
    {
        using var scratch = new KernelScratch();
        var shape = new ColumnShape(channels, height, width, filters, new DirectWindow(3, 3, step, 1));

        ArgumentException error = Assert.Throws<ArgumentException>(() => shape.With(scratch));

        Assert.Contains("windows that fit into the padded image", error.Message);
        Assert.Contains($"{filters} filters on {channels}x{height}x{width}", error.Message);
    }
}
