using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Operators;

/// <summary>Writes a convolution as the sparse matrix it stands for (a Toeplitz matrix in one dimension).</summary>
public static class ConvolutionMatrices
{
    /// <summary>The most entries a matrix may have (16 million, 128 MB).</summary>
    public const long MostEntries = 16L << 20;

    /// <summary>Builds the matrix and multiplies the input with it.</summary>
    /// <param name="problem">The convolution.</param>
    /// <param name="output">The output of the convolution itself, to compare.</param>
    /// <returns>The matrix and the difference.</returns>
    /// <exception cref="InvalidSettingException">The matrix would be too large.</exception>
    public static ConvolutionMatrix Build(ConvolutionProblem problem, NumericArray output)
    {
        int plane = problem.InputSizes.Aggregate(1, (product, size) => product * size),
            positions = problem.OutputSizes.Aggregate(1, (product, size) => product * size);
        int columns = plane * problem.Channels,
            rows = positions * problem.Kernels;
        if ((long)rows * columns > MostEntries)
        {
            throw new InvalidSettingException(
                "AsMatrix",
                string.Create(CultureInfo.InvariantCulture, $"used where the matrix has at most {MostEntries:N0} entries"),
                string.Create(CultureInfo.InvariantCulture, $"{rows}x{columns}")
            );
        }
        double[][] entries = [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];
        long used = 0;
        int[][] taps = [.. WindowPositions.Of(problem.KernelSizes)];
        for (int row = 0; row < rows; row++)
        {
            int kernel = row / positions;
            int[] position = WindowPositions.At(problem.OutputSizes, row % positions);
            for (int tap = 0; tap < taps.Length; tap++)
            {
                int under = WindowPositions.Index(problem.InputSizes, WindowPositions.Under(problem, position, taps[tap]));
                for (int channel = 0; under >= 0 && channel < problem.ChannelsSeen; channel++)
                {
                    int from = problem.EachChannelAlone ? kernel : channel;
                    entries[row][from * plane + under] = problem.Weights[(kernel * problem.ChannelsSeen + channel) * taps.Length + tap];
                    used++;
                }
            }
        }
        double[] product =
        [
            .. entries.Select(row =>
                row.Zip(problem.Input.Data, (weight, value) => weight == 0 ? 0 : weight * value).Sum() + problem.Options.Bias
            ),
        ];
        double difference = product.Zip(output.Data, (matrix, direct) => Math.Abs(matrix - direct)).Max();
        return new ConvolutionMatrix(rows, columns, used, problem.Weights.Length, entries, product, difference);
    }
}
