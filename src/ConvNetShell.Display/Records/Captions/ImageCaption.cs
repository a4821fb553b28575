using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Display.Records.Captions;

/// <summary>What a network says about an image.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Source">The image: a file, or an index in a split, for example <c>Test[12]</c>.</param>
/// <param name="Text">The caption.</param>
/// <param name="LogProbability">The natural logarithm of the caption's probability, its end included.</param>
/// <param name="Words">The words in order.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record ImageCaption(string Network, string Source, string Text, double LogProbability, IReadOnlyList<CaptionWord> Words)
    : IPictureSource
{
    /// <summary>Gets the image.</summary>
    public required ImageSample Sample { get; init; }

    /// <summary>Gets the captions that the dataset has for the image; none for a file.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>
    /// Gets whether the caption is one of the dataset's, word by word; <see langword="null"/> where the dataset has none.
    /// </summary>
    public bool? IsCorrect => References.Count == 0 ? null : References.Contains(Text);

    /// <inheritdoc />
    public PictureGrid ToPictures()
    {
        Picture image = SamplePictures.ToPicture(Sample, Source);
        IEnumerable<Picture> looks = Words
            .Where(word => word.Attention.Length > 0)
            .Select(word => new Picture(word.ToString(), 1, word.Height, word.Width, word.Attention, ColorScale.Viridis)
            {
                Under = image,
                Opacity = 0.85,
                Quantity = "attention",
            });
        string mistake = IsCorrect == false ? " (none of the dataset's captions)" : string.Empty;
        return new PictureGrid((Words.Count == 0 ? "no words" : Text) + mistake, [image, .. looks]) { Note = Note() };
    }

    /// <summary>Says the image, the caption and its probability.</summary>
    /// <returns>For example <c>Test[12]: a small red ring above a large blue cross (log probability -1.13)</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Source}: {Text} (log probability {LogProbability:F2})");

    /// <summary>Names the numbers of the words, and says the dataset's first caption where this one is another.</summary>
    private string Note()
    {
        string words =
            Words.Count == 0 ? string.Empty
            : Words.Any(word => word.Attention.Length > 0)
                ? "In per cent: the probability of each word, given the picture and the words before it."
            : $"The probability of each word: {string.Join(", ", Words)}.";
        return IsCorrect == false ? $"{words}\nOne of the dataset's captions: {References[0]}".TrimStart() : words;
    }
}
