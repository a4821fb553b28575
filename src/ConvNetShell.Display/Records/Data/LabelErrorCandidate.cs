using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Data;

/// <summary>An image whose label may be wrong: the network is surer of another class than it usually is of that class.</summary>
/// <param name="Source">The image: a file, or an index in a split, for example <c>Test[12]</c>.</param>
/// <param name="Rank">1 for the likeliest error.</param>
/// <param name="Label">The label it has.</param>
/// <param name="Suggested">The class the network takes it for.</param>
/// <param name="LabelProbability">The network's probability for the label.</param>
/// <param name="SuggestedProbability">The network's probability for the class suggested.</param>
/// <param name="Threshold">The mean probability the network has for that class on images labelled so.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record LabelErrorCandidate(
    string Source,
    int Rank,
    string Label,
    string Suggested,
    double LabelProbability,
    double SuggestedProbability,
    double Threshold
) : IPictureSource
{
    /// <summary>Gets the image.</summary>
    public required ImageSample Sample { get; init; }

    /// <summary>Gets the loss: the negative logarithm of the label's probability.</summary>
    public double Loss => -Math.Log(LabelProbability);

    /// <inheritdoc />
    public PictureGrid ToPictures() =>
        new(
            string.Empty,
            [
                SamplePictures.ToPicture(
                    Sample,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"given: {Label} {100 * LabelProbability:F1} %\nsuggested: {Suggested} {100 * SuggestedProbability:F1} %"
                    )
                ),
            ]
        );

    /// <summary>Says the image, its label and the class suggested.</summary>
    /// <returns>For example <c>Test[12]: labelled cat (0.1 %), rather dog (98.3 %)</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Source}: labeled {Label} ({100 * LabelProbability:F1} %), rather {Suggested} ({100 * SuggestedProbability:F1} %)"
        );
}
