using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ConvNetShell.FusedKernels.Vectors;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>
/// The product of a large matrix, which is read from memory where it is, and a vector: what a fully connected layer is for a single image.
/// Such a product waits for memory alone, so eight rows are read side by side and fetched ahead.
/// </summary>
public static unsafe class MatrixVectorProduct
{
    private const int Ahead = 256, // numbers of each row that are fetched before they are needed
        LargestPart = 1 << 19; // numbers that a thread takes at a time: one that other programs slow down takes fewer

    /// <summary>The fewest rows of a matrix.</summary>
    public const int LeastRows = 8;

    /// <summary>Gets a value indicating whether the processor can compute it: AVX-512.</summary>
    public static bool IsSupported { get; } = Avx512F.IsSupported && CpuFeatures.MayUseKernels;

    /// <summary>Computes the product.</summary>
    /// <param name="matrix">The matrix, row by row.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="vector">The vector, a number for each column.</param>
    /// <param name="added">What is added to the product, a number for each row, or null.</param>
    /// <param name="result">Where the sums go.</param>
    /// <param name="threads">The most threads that compute.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer rows than <see cref="LeastRows"/>, or no columns.</exception>
    public static void Run(float* matrix, int rows, int columns, float* vector, float* added, float* result, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, LeastRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        int blocks = (rows + LeastRows - 1) / LeastRows,
            each = Math.Max(1, LargestPart / LeastRows / columns),
            next = 0;
        if (threads == 1)
        {
            Work(0);
            return;
        }
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, Work);

        void Work(int thread)
        {
            float* sums = stackalloc float[LeastRows];
            for (int end = Interlocked.Add(ref next, each); end - each < blocks; end = Interlocked.Add(ref next, each))
            {
                for (int block = end - each; block < Math.Min(end, blocks); block++)
                {
                    // the last block begins within the one before it, which another thread may compute: both write the same
                    int row = Math.Min(block * LeastRows, rows - LeastRows);
                    Block(matrix + (nint)row * columns, columns, vector, sums);
                    for (int i = 0; i < LeastRows; i++)
                    {
                        result[row + i] = added is null ? sums[i] : sums[i] + added[row + i];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block(float* p0, nint columns, float* x, float* to)
    {
        V s0 = V.Zero,
            s1 = s0,
            s2 = s0,
            s3 = s0,
            s4 = s0,
            s5 = s0,
            s6 = s0,
            s7 = s0;
        float* p3 = p0 + 3 * columns,
            p6 = p3 + 3 * columns;
        nint ahead = Ahead,
            turn = columns - Ahead,
            column = 0;
        for (; column + Lanes.Count <= columns; column += Lanes.Count, p0 += Lanes.Count, p3 += Lanes.Count, p6 += Lanes.Count)
        {
            if (column >= turn)
            {
                (ahead, turn) = (7 * columns + Ahead, nint.MaxValue); // the rows of the next block begin behind these
            }
            Fetch(p0 + ahead, columns);
            Fetch(p3 + ahead, columns);
            Sse.Prefetch0(p6 + ahead);
            Sse.Prefetch0(p6 + ahead + columns);
            V v = Vector512.Load(x + column);
            s0 = Avx512F.FusedMultiplyAdd(Vector512.Load(p0), v, s0);
            s1 = Avx512F.FusedMultiplyAdd(Vector512.Load(p0 + columns), v, s1);
            s2 = Avx512F.FusedMultiplyAdd(Vector512.Load(p0 + 2 * columns), v, s2);
            s3 = Avx512F.FusedMultiplyAdd(Vector512.Load(p3), v, s3);
            s4 = Avx512F.FusedMultiplyAdd(Vector512.Load(p3 + columns), v, s4);
            s5 = Avx512F.FusedMultiplyAdd(Vector512.Load(p3 + 2 * columns), v, s5);
            s6 = Avx512F.FusedMultiplyAdd(Vector512.Load(p6), v, s6);
            s7 = Avx512F.FusedMultiplyAdd(Vector512.Load(p6 + columns), v, s7);
        }
        if (column < columns)
        {
            V last = Lanes.Last((int)columns),
                v = SomeLanes.Load(x + column, last);
            s0 = Avx512F.FusedMultiplyAdd(SomeLanes.Load(p0, last), v, s0);
            s1 = Avx512F.FusedMultiplyAdd(SomeLanes.Load(p0 + columns, last), v, s1);
            s2 = Avx512F.FusedMultiplyAdd(SomeLanes.Load(p0 + 2 * columns, last), v, s2);
            s3 = Avx512F.FusedMultiplyAdd(SomeLanes.Load(p3, last), v, s3);
            s4 = Avx512F.FusedMultiplyAdd(SomeLanes.Load(p3 + columns, last), v, s4);
            s5 = Avx512F.FusedMultiplyAdd(SomeLanes.Load(p3 + 2 * columns, last), v, s5);
            s6 = Avx512F.FusedMultiplyAdd(SomeLanes.Load(p6, last), v, s6);
            s7 = Avx512F.FusedMultiplyAdd(SomeLanes.Load(p6 + columns, last), v, s7);
        }
        to[0] = Vector512.Sum(s0);
        to[1] = Vector512.Sum(s1);
        to[2] = Vector512.Sum(s2);
        to[3] = Vector512.Sum(s3);
        to[4] = Vector512.Sum(s4);
        to[5] = Vector512.Sum(s5);
        to[6] = Vector512.Sum(s6);
        to[7] = Vector512.Sum(s7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(float* three, nint columns)
    {
        Sse.Prefetch0(three);
        Sse.Prefetch0(three + columns);
        Sse.Prefetch0(three + 2 * columns);
    }
}
