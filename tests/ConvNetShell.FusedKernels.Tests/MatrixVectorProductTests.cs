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
