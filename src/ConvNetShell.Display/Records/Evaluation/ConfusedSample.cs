using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>An image of a confusion matrix's cell.</summary>
/// <param name="Sample">The image.</param>
/// <param name="Class">Its true class.</param>
/// <param name="Predicted">The class the network took it for.</param>
/// <param name="Probability">The network's probability for that class, from 0 to 1.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record ConfusedSample(ImageSample Sample, string Class, string Predicted, double Probability) : IPictureSource
{
    /// <summary>Gets the file or the index in the split.</summary>
    public string Source => Sample.Source;

    /// <summary>Gets the network that made the prediction, so that the next cmdlet in the pipeline uses it too.</summary>
    public object? Network { get; init; }

    /// <inheritdoc />
    public PictureGrid ToPictures() =>
        new(
            Class == Predicted ? Class : $"{Class} taken for {Predicted}",
            [
                SamplePictures.ToPicture(
                    Sample,
                    string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(Source)}\nprobability {100 * Probability:F1} %")
                ),
            ]
        );

    /// <summary>Says the image, both classes and the probability.</summary>
    /// <returns>For example <c>Test[12]: cat taken for dog (87.3 %)</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Source}: {Class} taken for {Predicted} ({100 * Probability:F1} %)");
}
