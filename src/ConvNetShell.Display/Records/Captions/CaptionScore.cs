using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Captions;

/// <summary>How good captions are, by comparison with those of a dataset.</summary>
/// <param name="Method">Where they come from: the network, the commonest caption of Train, or the nearest picture of Train.</param>
/// <param name="Group">The images: all, or those of a group of the dataset.</param>
/// <param name="Count">The number of images.</param>
/// <param name="FactsRight">The fraction of the facts that are right; NaN where the captions are of another grammar than Scenes'.</param>
/// <param name="ExactRight">The fraction of the images of which every fact is right and nothing else is said.</param>
/// <param name="Bleu1">BLEU of single words, from 0 to 1.</param>
/// <param name="Bleu2">BLEU of one and two words.</param>
/// <param name="Bleu3">BLEU of one to three words.</param>
/// <param name="Bleu4">BLEU of one to four words.</param>
/// <param name="Cider">CIDEr, from 0 to 10.</param>
public sealed record CaptionScore(
    string Method,
    string Group,
    int Count,
    double FactsRight,
    double ExactRight,
    double Bleu1,
    double Bleu2,
    double Bleu3,
    double Bleu4,
    double Cider
)
{
    /// <summary>Says the method, the group and the figures.</summary>
    /// <returns>For example <c>network, all: facts 97.1 %, exact 88.0 %, BLEU-4 0.95</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Method}, {Group}: facts {ViewText.Percent(FactsRight)}, exact {ViewText.Percent(ExactRight)}, BLEU-4 {Bleu4:F2}"
        );
}
