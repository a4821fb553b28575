using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Tests;

public sealed unsafe class WinogradConvolutionTests
{
    // relative to the largest number; the largest error measured was 3.2e-6, of the input's gradient of 64 to 256 channels, where that
    // of sums in float32 in the order of the definition was 1.6e-6
    private const double Tolerance = 1e-5;
    private const int Seed = 4711,
        DrawnShapes = 60;

    public WinogradConvolutionTests() =>
        Assert.SkipUnless(WinogradConvolution.IsSupported, "This processor lacks AVX-512; libtorch convolves there.");

    /// <summary>Layers of ResNet20 and CIFAR10Fast with fewer images, small and odd ones, and some drawn from a seed.</summary>
    public static TheoryData<WinogradShape, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<WinogradShape, int>
            {
                { new(16, 32, 32, 16, 1, 1), 5 },
                { new(32, 16, 16, 32, 1, 1), 2 },
                { new(64, 8, 8, 64, 1, 1), 3 },
                { new(24, 31, 31, 64, 1, 1), 2 },
                { new(64, 15, 15, 64, 1, 1), 1 },
                { new(64, 15, 15, 256, 1, 1), 1 },
                { new(256, 7, 7, 256, 1, 1), 1 },
                { new(256, 3, 3, 256, 1, 1), 2 },
                { new(3, 3, 3, 5, 0, 0), 70 },
                { new(1, 1, 1, 1, 1, 1), 3 },
                { new(20, 5, 9, 33, 0, 1), 2 },
                { new(100, 9, 5, 3, 1, 0), 2 },
            };
            var random = new Random(Seed);
            for (int i = 0; i < DrawnShapes; i++)
            {
                (int rows, int columns) = (random.Next(2), random.Next(2));
                shapes.Add(
                    new(
                        random.Next(1, 70),
                        random.Next(3 - 2 * rows, 14),
                        random.Next(3 - 2 * columns, 14),
                        random.Next(1, 70),
                        rows,
                        columns
                    ),
                    random.Next(1, 5)
                );
            }
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Output_and_gradients_are_those_of_the_definition(WinogradShape shape, int count)
    {
        var reference = new RowReference(shape, count, Seed);
        foreach (bool isAtEnd in new[] { false, true })
        {
            using var memory = new GuardedMemory(isAtEnd);
            using (var scratch = new KernelScratch(memory))
            {
                RowResults results = RowResults.Of(new WinogradConvolution(shape, scratch), reference, memory);
                results.AssertClose(reference, Tolerance);
            }
        }
    }

    [Theory]
    [InlineData(17, 6)]
    [InlineData(64, 40)]
    public void An_image_has_the_same_results_in_every_batch_and_every_time(int channels, int count)
    {
        var shape = new WinogradShape(channels, 9, 7, 20, 1, 1);
        var reference = new RowReference(shape, count, Seed);
        using var memory = new GuardedMemory(isAtEnd: true);
        using var scratch = new KernelScratch(memory);
        var convolution = new WinogradConvolution(shape, scratch);
        RowResults whole = RowResults.Of(convolution, reference, memory),
            again = RowResults.Of(convolution, reference, memory);
        Assert.Equal(whole.Output, again.Output);
        Assert.Equal(whole.InputGradient, again.InputGradient);
        Assert.Equal(whole.FilterGradient, again.FilterGradient);
        Assert.Equal(whole.BiasGradient, again.BiasGradient);
        foreach (int first in new[] { 0, 1, count - 1 })
        {
            RowResults part = RowResults.Of(convolution, reference, memory, first, count);
            Assert.Equal(whole.Output[(first * reference.OutputSize)..], part.Output);
            Assert.Equal(whole.InputGradient[(first * reference.ImageSize)..], part.InputGradient);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_no_number_stays_in_its_image(float number)
    {
        var shape = new WinogradShape(20, 6, 6, 18, 1, 1);
        var reference = new RowReference(shape, 5, Seed);
        using var memory = new GuardedMemory(isAtEnd: true);
        using var scratch = new KernelScratch(memory);
        var convolution = new WinogradConvolution(shape, scratch);
        const int spoiled = 2;
        reference.Images.AsSpan(spoiled * reference.ImageSize, reference.ImageSize).Fill(number);
        reference.Gradient.AsSpan(spoiled * reference.OutputSize, reference.OutputSize).Fill(number);

        RowResults results = RowResults.Of(convolution, reference, memory);

        for (int image = 0; image < 5; image++)
        {
            float[] output = results.Output[(image * reference.OutputSize)..((image + 1) * reference.OutputSize)],
                gradient = results.InputGradient[(image * reference.ImageSize)..((image + 1) * reference.ImageSize)];
            Assert.Equal(image != spoiled, output.All(float.IsFinite));
            Assert.Equal(image != spoiled, gradient.All(float.IsFinite));
        }
    }

    [Fact]
    public void No_image_has_no_output_and_gradients_of_zero()
    {
        var shape = new WinogradShape(5, 4, 4, 6, 1, 1);
        var reference = new RowReference(shape, 0, Seed);
        using var memory = new GuardedMemory(isAtEnd: true);
        using var scratch = new KernelScratch(memory);
        var convolution = new WinogradConvolution(shape, scratch);

        RowResults results = RowResults.Of(convolution, reference, memory);

        Assert.Empty(results.Output);
        Assert.Empty(results.InputGradient);
        Assert.All(results.FilterGradient, gradient => Assert.Equal(0, gradient));
        Assert.All(results.BiasGradient, gradient => Assert.Equal(0, gradient));
    }

    [Fact]
    public void Neither_a_bias_nor_a_gradient_is_needed()
    {
        var shape = new WinogradShape(3, 5, 5, 4, 0, 0);
        var reference = new RowReference(shape, 2, Seed);
        Array.Clear(reference.Bias);
        using var memory = new GuardedMemory(isAtEnd: true);
        using var scratch = new KernelScratch(memory);
        var convolution = new WinogradConvolution(shape, scratch);
        RowResults expected = RowResults.Of(convolution, reference, memory);
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
    }

    [Theory]
    [InlineData(0, 5, 5, 4, 1, 1)]
    [InlineData(3, 5, 5, 0, 1, 1)]
    [InlineData(3, 2, 5, 4, 0, 1)]
    [InlineData(3, 5, 0, 4, 1, 1)]
    [InlineData(3, 5, 5, 4, 2, 1)]
    [InlineData(3, 5, 5, 4, 1, -1)]
    public void A_shape_that_is_not_possible_is_an_error(int channels, int height, int width, int filters, int rows, int columns)
    {
        var shape = new WinogradShape(channels, height, width, filters, rows, columns);
        using var scratch = new KernelScratch();
        ArgumentException error = Assert.Throws<ArgumentException>(() => new WinogradConvolution(shape, scratch));
        Assert.Contains("Expected at least one channel", error.Message);
        Assert.Contains($"received {shape}", error.Message);
    }

    [Fact]
    public void Convolutions_of_several_sizes_share_their_memory()
    {
        using var memory = new GuardedMemory(isAtEnd: true);
        using var scratch = new KernelScratch(memory);
        foreach (int channels in new[] { 5, 33, 17, 3, 40 })
        {
            var shape = new WinogradShape(channels, 6, 9, 50 - channels, 1, 0);
            var reference = new RowReference(shape, 2, Seed);
            RowResults results = RowResults.Of(new WinogradConvolution(shape, scratch), reference, memory);
            results.AssertClose(reference, Tolerance);
        }
    }

    [Fact]
    public void Memory_is_freed_once_and_not_used_again()
    {
        using var memory = new GuardedMemory(isAtEnd: true);
        var scratch = new KernelScratch(memory);
        var convolution = new WinogradConvolution(new WinogradShape(3, 5, 5, 4, 1, 1), scratch);
        Assert.NotEqual(0, memory.Count);
        scratch.Dispose();
        scratch.Dispose();
        Assert.Equal(0, memory.Count);
        Assert.Throws<ObjectDisposedException>(() => convolution.Forward(null, 1, null, null, null));
        Assert.Throws<ObjectDisposedException>(() => convolution.Backward(null, null, 1, null, (float*)sizeof(float), null, null));
    }
}
