namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>
/// t-SNE (van der Maaten and Hinton, 2008): points of a plane whose neighbors are those of the vectors. All pairs are computed, so it is
/// for a thousand points or fewer. Distances between groups mean nothing.
/// </summary>
internal static class StochasticNeighbors
{
    private const int Iterations = 500,
        Exaggerated = 100, // first iterations, in which neighbors attract each other more
        Bisections = 50;
    private const double Exaggeration = 12,
        MostPerplexity = 30,
        Floor = 1e-12;

    /// <summary>Returns the points.</summary>
    /// <param name="vectors">The vectors; four or more.</param>
    /// <param name="start">A first position for each, such as by principal components.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double[][] Project(float[][] vectors, double[][] start, CancellationToken stop)
    {
        int count = vectors.Length;
        double[,] affinities = Affinities(vectors, Math.Min(MostPerplexity, (count - 1) / 3.0));
        double size = Math.Max(start.Max(point => Math.Abs(point[0])), Floor);
        double[][] points = [.. start.Select(point => new[] { point[0] / size * 1e-2, (point.Length > 1 ? point[1] : 0) / size * 1e-2 })];
        double[][] moves = [.. points.Select(_ => new double[2])],
            gains = [.. points.Select(_ => new double[] { 1, 1 })];
        double rate = Math.Max(50, count / (4 * Exaggeration));
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            stop.ThrowIfCancellationRequested();
            double[][] slopes = Slopes(points, affinities, iteration < Exaggerated ? Exaggeration : 1);
            double momentum = iteration < Exaggerated ? 0.5 : 0.8;
            for (int i = 0; i < count; i++)
            {
                for (int d = 0; d < 2; d++)
                {
                    bool agrees = slopes[i][d] * moves[i][d] < 0;
                    gains[i][d] = Math.Max(0.01, agrees ? gains[i][d] + 0.2 : gains[i][d] * 0.8);
                    moves[i][d] = (momentum * moves[i][d]) - (rate * gains[i][d] * slopes[i][d]);
                    points[i][d] += moves[i][d];
                }
            }
        }
        return points;
    }

    /// <summary>Returns the probability that two vectors are neighbors, of each vector's distribution the given perplexity.</summary>
    private static double[,] Affinities(float[][] vectors, double perplexity)
    {
        int count = vectors.Length;
        var rows = new double[count][];
        Parallel.For(
            0,
            count,
            i =>
            {
                double[] squares = [.. vectors.Select(other => Square(vectors[i], other))];
                rows[i] = Row(squares, i, Math.Log(perplexity));
            }
        );
        var both = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                both[i, j] = Math.Max((rows[i][j] + rows[j][i]) / (2 * count), Floor);
            }
        }
        return both;
    }

    private static double[] Row(double[] squares, int self, double entropy)
    {
        double low = 0,
            high = double.PositiveInfinity,
            precision = 1;
        var row = new double[squares.Length];
        double nearest = squares.Where((_, j) => j != self).Min(); // taken off, so that the sum is never 0
        for (int round = 0; round < Bisections; round++)
        {
            double sum = 0,
                weighted = 0;
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = j == self ? 0 : Math.Exp(-precision * (squares[j] - nearest));
                sum += row[j];
                weighted += row[j] * (squares[j] - nearest);
            }
            double found = Math.Log(sum) + (precision * weighted / sum);
            row = Array.ConvertAll(row, value => value / sum);
            if (found > entropy)
            {
                (low, precision) = (precision, double.IsInfinity(high) ? precision * 2 : (precision + high) / 2);
            }
            else
            {
                (high, precision) = (precision, (precision + low) / 2);
            }
        }
        return row;
    }

    private static double[][] Slopes(double[][] points, double[,] affinities, double exaggeration)
    {
        int count = points.Length;
        var kernels = new double[count][];
        var sums = new double[count];
        Parallel.For(
            0,
            count,
            i =>
            {
                var own = new double[count];
                for (int j = 0; j < count; j++)
                {
                    double dx = points[i][0] - points[j][0],
                        dy = points[i][1] - points[j][1];
                    own[j] = i == j ? 0 : 1 / (1 + (dx * dx) + (dy * dy));
                    sums[i] += own[j];
                }
                kernels[i] = own;
            }
        );
        double whole = sums.Sum(); // in a fixed order: the same points each time
        var slopes = new double[count][];
        Parallel.For(
            0,
            count,
            i =>
            {
                double x = 0,
                    y = 0;
                for (int j = 0; j < count; j++)
                {
                    double pull = ((exaggeration * affinities[i, j]) - Math.Max(kernels[i][j] / whole, Floor)) * kernels[i][j];
                    x += pull * (points[i][0] - points[j][0]);
                    y += pull * (points[i][1] - points[j][1]);
                }
                slopes[i] = [4 * x, 4 * y];
            }
        );
        return slopes;
    }

    private static double Square(float[] first, float[] second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double difference = first[i] - second[i];
            sum += difference * difference;
        }
        return sum;
    }
}
