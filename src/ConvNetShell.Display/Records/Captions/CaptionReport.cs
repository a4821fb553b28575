using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Captions;

/// <summary>How good a network's captions are, beside two baselines.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Split">The split.</param>
/// <param name="Beam">The captions that were followed at a time.</param>
/// <param name="Scores">The figures: of the network, the commonest caption and the nearest picture, on all images and on each group.
/// </param>
public sealed record CaptionReport(string Network, string Dataset, string Split, int Beam, IReadOnlyList<CaptionScore> Scores)
{
    /// <summary>Gets the fraction of the facts that are right, of all images.</summary>
    public double FactsRight => Scores[0].FactsRight;

    /// <summary>Gets the fraction of all images of which every fact is right.</summary>
    public double ExactRight => Scores[0].ExactRight;

    /// <summary>Gets BLEU of one to four words, of all images.</summary>
    public double Bleu4 => Scores[0].Bleu4;

    /// <summary>Gets CIDEr of all images.</summary>
    public double Cider => Scores[0].Cider;

    /// <summary>Says the network, the data and the figures.</summary>
    /// <returns>For example <c>ShowAttendAndTell on Scenes Test: facts 97.1 %, exact 88.0 %, BLEU-4 0.95</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Network} on {Dataset} {Split}: facts {ViewText.Percent(FactsRight)}, exact {ViewText.Percent(ExactRight)}, BLEU-4 {Bleu4:F2}"
        );
}
