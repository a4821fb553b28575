using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>One class a network proposes for an image.</summary>
/// <param name="Source">The image: a file, or an index in a split, for example <c>Test[12]</c>.</param>
/// <param name="Rank">1 for the most probable class.</param>
/// <param name="Class">The class proposed.</param>
/// <param name="Probability">The network's probability for it, from 0 to 1.</param>
/// <param name="Label">The true class, or <see langword="null"/> where it is not known.</param>
/// <param name="Correct">Whether <paramref name="Class"/> is the true one; <see langword="null"/> where that is not known.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record Prediction(string Source, int Rank, string Class, double Probability, string? Label, bool? Correct) : IPictureSource
{
    /// <summary>
    /// Gets the negative logarithm of the probability of the true class; <see langword="null"/> where that is not known. It is the same at
    /// every rank.
    /// </summary>
    public double? Loss { get; init; }

    /// <summary>Gets the image, or <see langword="null"/> where it is not kept.</summary>
    public ImageSample? Sample { get; init; }

    /// <inheritdoc />
    public PictureGrid ToPictures()
    {
        string loss = Loss is double value ? string.Create(CultureInfo.InvariantCulture, $", loss {value:F2}") : string.Empty;
        string caption = string.Create(
            CultureInfo.InvariantCulture,
            $"{Class} {100 * Probability:F1} %\n{(Label is null ? Source : $"true: {Label}")}{loss}"
        );
        return new PictureGrid(string.Empty, Sample is null ? [] : [SamplePictures.ToPicture(Sample, caption)]);
    }

    /// <summary>Says the image, the class and its probability.</summary>
    /// <returns>For example <c>Test[12]: 1. cat 87.3 % (true: dog)</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Source}: {Rank}. {Class} {100 * Probability:F1} %{(Label is null ? string.Empty : $" (true: {Label})")}"
        );
}
