using ConvNetShell.FusedKernels.Direct;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>Products of a matrix and a vector against the definition, between pages that nobody may touch.</summary>
public sealed unsafe class MatrixVectorProductTests
{
    [Theory]
    [InlineData(8, 1, 1)]
    [InlineData(8, 16, 2)]
    [InlineData(9, 255, 1)]
    [InlineData(23, 256, 3)]
    [InlineData(64, 257, 2)]
    [InlineData(100, 831, 2)]
    [InlineData(1000, 33, 5)]
    public void Sums_are_those_of_the_definition(int rows, int columns, int threads)
    {
        Assert.SkipUnless(MatrixVectorProduct.IsSupported, "This processor lacks AVX-512.");
        float[] matrix = Numbers(rows * columns, 1),
            vector = Numbers(columns, 2),
            added = Numbers(rows, 3);
        foreach (bool isAtEnd in new[] { false, true })
        {
            using var memory = new GuardedMemory(isAtEnd);
            fixed (
                float* a = memory.Copy<float>(matrix),
                    x = memory.Copy<float>(vector),
                    b = memory.Copy<float>(added),
                    y = memory.Numbers<float>(rows)
            )
            {
                foreach (bool adds in new[] { true, false })
                {
                    MatrixVectorProduct.Run(a, rows, columns, x, adds ? b : null, y, threads);
                    for (int row = 0; row < rows; row++)
                    {
                        double wanted = adds ? added[row] : 0;
                        for (int i = 0; i < columns; i++)
                        {
                            wanted += (double)matrix[row * columns + i] * vector[i];
                        }
                        Assert.Equal(wanted, y[row], 2e-6 * columns);
                    }
                }
            }
        }
    }

    /// <summary>The last eight rows overlap with those before them, which another thread may compute meanwhile.</summary>
    [Fact]
    public void Rows_that_two_threads_compute_are_right_in_every_run()
    {
        Assert.SkipUnless(MatrixVectorProduct.IsSupported, "This processor lacks AVX-512.");
        const int rows = 17,
            columns = 16;
        float[] matrix = Numbers(rows * columns, 4),
            vector = Numbers(columns, 5),
            added = Numbers(rows, 6),
            once = new float[rows],
            result = new float[rows];
        fixed (
            float* a = matrix,
                x = vector,
                b = added,
                y = once,
                z = result
        )
        {
            MatrixVectorProduct.Run(a, rows, columns, x, b, y, threads: 1);
            for (int i = 0; i < 20_000; i++)
            {
                MatrixVectorProduct.Run(a, rows, columns, x, b, z, threads: 3);
                Assert.True(once.AsSpan().SequenceEqual(result), $"run {i}");
            }
        }
    }

    [Fact]
    public void Too_few_rows_or_no_columns_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixVectorProduct.Run(null, 7, 5, null, null, null, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixVectorProduct.Run(null, 8, 0, null, null, null, 1));
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1))];
    }
}
