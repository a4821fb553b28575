using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Records.Embeddings;

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>Brings embeddings onto a plane, to look at.</summary>
public static class EmbeddingMapper
{
    /// <summary>The least number of embeddings.</summary>
    public const int Fewest = 4;

    private const int AxesForNeighbors = 50; // as in the paper: noise of further axes is left out

    /// <summary>Returns a map.</summary>
    /// <param name="embeddings">The embeddings.</param>
    /// <param name="groups">What each is colored by.</param>
    /// <param name="by">The name of that property.</param>
    /// <param name="data">The name of the data.</param>
    /// <param name="method">PCA or t-SNE.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The map.</returns>
    /// <exception cref="InvalidSettingException">There are fewer than four embeddings.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static EmbeddingMap Map(
        IReadOnlyList<Embedding> embeddings,
        IReadOnlyList<string> groups,
        string by,
        string data,
        MapMethod method,
        CancellationToken stop = default
    )
    {
        if (embeddings.Count < Fewest)
        {
            throw new InvalidSettingException("Count", FormattableString.Invariant($"{Fewest} embeddings or more"), embeddings.Count);
        }
        float[][] vectors = [.. embeddings.Select(embedding => embedding.Vector.ToArray())];
        (double[][] axes, double[] variance) = PrincipalAxes.Project(vectors, method == MapMethod.PCA ? 2 : AxesForNeighbors);
        double[][] points =
            method == MapMethod.PCA
                ? axes
                : StochasticNeighbors.Project([.. axes.Select(row => Array.ConvertAll(row, value => (float)value))], axes, stop);
        return new EmbeddingMap(
            method == MapMethod.PCA ? "PCA" : "t-SNE",
            embeddings[0].Network,
            data,
            by,
            embeddings
                .Select(
                    (embedding, i) => new EmbeddingPoint(embedding.Source, groups[i], points[i][0], points[i].Length > 1 ? points[i][1] : 0)
                )
                .ToArray()
                .AsReadOnly()
        )
        {
            Variance = (method == MapMethod.PCA ? variance : []).AsReadOnly(),
        };
    }
}
