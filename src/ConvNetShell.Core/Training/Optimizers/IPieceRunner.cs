namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>Works on pieces of weights, several at a time where it has threads for that.</summary>
internal interface IPieceRunner
{
    /// <summary>Works on all pieces, and returns when all are done.</summary>
    /// <param name="pieces">The pieces, the largest first.</param>
    /// <param name="work">What is done with each; not more than once at a time with the same.</param>
    void Run(IReadOnlyList<WeightPiece> pieces, Action<WeightPiece> work)
    {
        foreach (WeightPiece piece in pieces)
        {
            work(piece);
        }
    }
}
