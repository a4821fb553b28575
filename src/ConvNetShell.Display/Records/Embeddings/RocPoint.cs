using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Embeddings;

/// <summary>A point of a receiver operating characteristic.</summary>
/// <param name="Threshold">Pairs at least as similar are accepted as the same.</param>
/// <param name="FalseAcceptRate">The fraction of different pairs that are accepted.</param>
/// <param name="TrueAcceptRate">The fraction of same pairs that are accepted.</param>
public sealed record RocPoint(double Threshold, double FalseAcceptRate, double TrueAcceptRate)
{
    /// <summary>Says the rates.</summary>
    /// <returns>For example <c>false accepts 1.0 %, true accepts 97.3 %</c>.</returns>
    public override string ToString() =>
        $"false accepts {ViewText.Percent(FalseAcceptRate)}, true accepts {ViewText.Percent(TrueAcceptRate)}";
}
