namespace ConvNetShell.FusedKernels.Tests;

/// <summary>The stack against float64, with every kind of kernel, between guard pages.</summary>
[Trait("Speed", "Slow")]
public sealed class FusedConvStackTests
{
    private const int RandomCases = 1000;
    private const long MostProducts = 30_000;

    [Theory]
    [InlineData(Kernels.Reference)]
    [InlineData(Kernels.Reference32)]
    [InlineData(Kernels.Interpreted)]
    [InlineData(Kernels.Interpreted32)]
    [InlineData(Kernels.Compiled)]
    [InlineData(Kernels.Compiled32)]
    public void Every_shape_of_the_grid_is_exact(Kernels kernels)
    {
        FusedConvShape[] grid = [.. Grid().Where(shape => shape.IsSupported(2))];
        Assert.InRange(grid.Length, 1000, 10_000);
        for (int i = 0; i < grid.Length; i++)
        {
            Check([grid[i]], hasBias: i % 3 != 0, i, kernels);
        }
    }

    [Theory]
    [InlineData(Kernels.Reference)]
    [InlineData(Kernels.Reference32)]
    [InlineData(Kernels.Interpreted)]
    [InlineData(Kernels.Interpreted32)]
    [InlineData(Kernels.Compiled)]
    [InlineData(Kernels.Compiled32)]
    public void Random_stacks_are_exact(Kernels kernels)
    {
        var random = new Random(18);
        for (int i = 0; i < RandomCases; i++)
        {
            Check(RandomStack(random), random.Next(2) == 0, i, kernels);
        }
    }

    [Theory]
    [InlineData(Kernels.Reference, 64, 64, 3)]
    [InlineData(Kernels.Reference32, 64, 64, 3)]
    [InlineData(Kernels.Interpreted, 64, 64, 3)]
    [InlineData(Kernels.Interpreted32, 64, 64, 3)]
    [InlineData(Kernels.Compiled, 64, 64, 3)]
    [InlineData(Kernels.Compiled32, 64, 64, 3)]
    [InlineData(Kernels.Interpreted, 33, 17, 7)]
    [InlineData(Kernels.Interpreted32, 33, 17, 7)]
    [InlineData(Kernels.Compiled, 33, 17, 7)]
    [InlineData(Kernels.Compiled32, 33, 17, 7)]
    public void The_largest_sizes_are_exact(Kernels kernels, int channels, int filters, int kernel) =>
        Check(
            [new FusedConvShape(channels, 9, 10, filters, kernel, kernel, kernel / 2, kernel / 2, 2, 2, true)],
            hasBias: true,
            1,
            kernels
        );

    [Theory]
    [InlineData(Kernels.Reference, float.NaN)]
    [InlineData(Kernels.Reference32, float.NaN)]
    [InlineData(Kernels.Interpreted, float.NaN)]
    [InlineData(Kernels.Interpreted32, float.NaN)]
    [InlineData(Kernels.Compiled, float.NaN)]
    [InlineData(Kernels.Compiled32, float.NaN)]
    [InlineData(Kernels.Interpreted, float.PositiveInfinity)]
    [InlineData(Kernels.Interpreted32, float.PositiveInfinity)]
    [InlineData(Kernels.Compiled, float.PositiveInfinity)]
    [InlineData(Kernels.Compiled32, float.PositiveInfinity)]
    [InlineData(Kernels.Interpreted, float.NegativeInfinity)]
    [InlineData(Kernels.Interpreted32, float.NegativeInfinity)]
    [InlineData(Kernels.Compiled, float.NegativeInfinity)]
    [InlineData(Kernels.Compiled32, float.NegativeInfinity)]
    public void What_is_not_finite_reaches_its_windows_and_no_further(Kernels kernels, float number)
    {
        int seed = 0;
        foreach (int pixel in new[] { 0, 17, 40, 62 })
        {
            foreach ((int filters, int pool, bool relu) in new[] { (5, 1, false), (16, 2, true), (20, 2, false), (3, 1, true) })
            {
                var first = new FusedConvShape(3, 7, 9, filters, 3, 3, 1, 1, pool, pool, relu);
                var second = new FusedConvShape(filters, first.PooledHeight, first.PooledWidth, 7, 3, 1, 0, 0, 1, 1, false);
                var stack = new StackCase([first, second], hasBias: true, ++seed);
                stack.Special[pixel * 3 + seed % 3] = number;
                stack.Check(kernels);
            }
        }
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        using FusedConvStack stack = FusedConvStack.CreateReference(
            [new FusedConvShape(1, 4, 4, 2, 3, 3, 0, 0, 1, 1, true)],
            2,
            isReduced: true
        );

        Assert.Equal("filters", Assert.Throws<ArgumentException>(() => stack.SetWeights(0, new float[17], [])).ParamName);
        Assert.Equal("bias", Assert.Throws<ArgumentException>(() => stack.SetWeights(0, new float[18], new float[3])).ParamName);
        Assert.Equal("images", Assert.Throws<ArgumentException>(() => stack.Forward(new float[15], new byte[16])).ParamName);
        // more than the capacity
        Assert.Equal("images", Assert.Throws<ArgumentException>(() => stack.Forward(new float[48], new byte[48])).ParamName);
        Assert.Equal("output", Assert.Throws<ArgumentException>(() => stack.Forward(new float[16], new byte[14])).ParamName);
        Assert.Equal("gradient", Assert.Throws<ArgumentException>(() => stack.Backward(new byte[48])).ParamName);
        Assert.Equal("bias", Assert.Throws<ArgumentException>(() => stack.CopyGradients(0, new float[18], new float[1])).ParamName);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        var shape = new FusedConvShape(1, 4, 4, 2, 3, 3, 0, 0, 1, 1, true);

        Assert.Throws<ArgumentException>(() => FusedConvStack.CreateReference([], 1, isReduced: true));
        Assert.Throws<ArgumentException>(() => FusedConvStack.CreateReference([shape, shape], 1, isReduced: true));
        Assert.Throws<ArgumentException>(() => FusedConvStack.CreateReference([shape with { Filters = 65 }], 1, isReduced: true));
        Assert.Throws<ArgumentException>(() => FusedConvStack.CreateReference([shape with { PaddingRows = 3 }], 1, isReduced: true));
    }

    [Fact]
    public void Memory_is_freed()
    {
        using var memory = new GuardedMemory(isAtEnd: true);
        FusedConvStack stack = Kernels.Reference.Create([new FusedConvShape(1, 4, 4, 2, 3, 3, 0, 0, 1, 1, true)], 1, memory);
        Assert.NotEqual(0, memory.Count);
        stack.Dispose();
        Assert.Equal(0, memory.Count);
    }

    private static void Check(IReadOnlyList<FusedConvShape> shapes, bool hasBias, int seed, Kernels kernels)
    {
        try
        {
            new StackCase(shapes, hasBias, seed).Check(kernels);
        }
        catch (Exception exception) when (!exception.GetType().Name.Contains("Skip", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Case {seed}: {string.Join(", ", shapes)}: {exception.Message}", exception);
        }
    }

    private static IEnumerable<FusedConvShape> Grid() =>
        from channels in new[] { 1, 3, 4, 17 }
        from filters in new[] { 1, 4, 5, 16, 20, 33 }
        from kernel in new (int Rows, int Columns)[] { (1, 1), (3, 3), (5, 5), (2, 3), (1, 5) }
        from padding in new[] { 0, 1, 2 }
        from pool in new[] { 1, 2, 3 }
        from relu in new[] { false, true }
        let size = (Rows: 5 + (channels + pool) % 3, Columns: 6 + (filters + padding) % 2)
        select new FusedConvShape(
            channels,
            size.Rows,
            size.Columns,
            filters,
            kernel.Rows,
            kernel.Columns,
            Padding(kernel.Rows, padding),
            Padding(kernel.Columns, padding),
            pool,
            Math.Max(pool - padding % 2, 1), // of other windows than square ones, too
            relu
        );

    private static int Padding(int kernel, int choice) =>
        choice switch
        {
            0 => 0,
            1 => (kernel - 1) / 2,
            _ => kernel - 1,
        };

    private static List<FusedConvShape> RandomStack(Random random)
    {
        var stack = new List<FusedConvShape>();
        (int channels, int height, int width) = (random.Next(1, 20), random.Next(1, 14), random.Next(1, 14));
        int blocks = random.Next(1, 4);
        for (int attempt = 0; stack.Count < blocks && (attempt < 20 || stack.Count == 0); attempt++)
        {
            (int rows, int columns) = (random.Next(1, 6), random.Next(1, 6));
            var shape = new FusedConvShape(
                channels,
                height,
                width,
                random.Next(1, random.Next(4) == 0 ? 65 : 24),
                rows,
                columns,
                random.Next(rows),
                random.Next(columns),
                random.Next(1, 4),
                random.Next(1, 4),
                random.Next(2) == 0
            );
            if (shape.IsSupported(2) && (long)shape.OutputHeight * shape.OutputWidth * shape.Weights < MostProducts)
            {
                stack.Add(shape);
                (channels, height, width) = (shape.Filters, shape.PooledHeight, shape.PooledWidth);
            }
        }
        return stack;
    }
}
