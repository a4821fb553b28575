namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>How embeddings are brought onto a plane.</summary>
public enum MapMethod
{
    /// <summary>Principal components: the two directions of most variance.</summary>
    PCA,

    /// <summary>t-SNE: neighbors stay neighbors; distances between groups mean nothing.</summary>
    TSNE,
}
