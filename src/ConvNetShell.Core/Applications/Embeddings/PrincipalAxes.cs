using static TorchSharp.torch;

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>Principal component analysis: the directions in which points differ most.</summary>
internal static class PrincipalAxes
{
    /// <summary>Returns the coordinates of points along the axes of most variance, and the fraction of it that each has.</summary>
    /// <param name="vectors">The points.</param>
    /// <param name="axes">The number of axes.</param>
    /// <returns>A row of coordinates for each point; the largest of each axis in size is positive.</returns>
    public static (double[][] Points, double[] Variance) Project(float[][] vectors, int axes)
    {
        using var scope = NewDisposeScope();
        int length = vectors[0].Length,
            used = Math.Min(axes, Math.Min(length, vectors.Length));
        Tensor rows = tensor(vectors.SelectMany(vector => vector).ToArray(), [vectors.Length, length]).to(ScalarType.Float64);
        Tensor centered = rows - rows.mean([0], keepdim: true);
        (Tensor values, Tensor directions) = linalg.eigh(centered.transpose(0, 1).mm(centered));
        Tensor chosen = directions.narrow(1, length - used, used).flip(1);
        Tensor points = centered.mm(chosen);
        Tensor largest = points.gather(0, points.abs().argmax(0, keepdim: true));
        double[] numbers = (points * largest.sign()).contiguous().data<double>().ToArray();
        double whole = values.sum().item<double>();
        double[] variance = values.narrow(0, length - used, used).flip(0).contiguous().data<double>().ToArray();
        return ([.. numbers.Chunk(used)], Array.ConvertAll(variance, value => whole > 0 ? Math.Max(value, 0) / whole : 0));
    }
}
