using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Data;

/// <summary>One image, with its label where it has one.</summary>
/// <param name="Dataset">The dataset it is from; empty for a file by itself.</param>
/// <param name="Split">Train, Validation or Test; empty for a file by itself.</param>
/// <param name="Index">Its index in the split, from 0.</param>
/// <param name="Label">The index of its class, or <see langword="null"/> where it is not known.</param>
/// <param name="Class">The name of its class, or <see langword="null"/> where it is not known.</param>
/// <param name="Height">The rows.</param>
/// <param name="Width">The columns.</param>
/// <param name="Channels">The numbers a pixel has: 3 for color (red, green, blue), 1 for grey.</param>
/// <param name="Pixels">Height x width x channels bytes: row by row, the channels of a pixel together.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record ImageSample(
    string Dataset,
    string Split,
    int Index,
    int? Label,
    string? Class,
    int Height,
    int Width,
    int Channels,
    byte[] Pixels
) : IPictureSource
{
    /// <summary>
    /// Gets the spatial dimensions: 2 for a picture, 1 for a signal (one row), 3 for a clip (its frames one below the other).
    /// </summary>
    public int Dimensions { get; init; } = 2;

    /// <summary>Gets the frames of a clip; 1 for anything else.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>Gets the file the image was read from, or <see langword="null"/> where it came out of an archive.</summary>
    public string? File { get; init; }

    /// <summary>Gets its properties beside the class, by name, such as Skin for Faces; none for most datasets.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the name of this image: the file, or the index in its split, <c>Test[12]</c>.</summary>
    public string Source => File ?? string.Create(CultureInfo.InvariantCulture, $"{Split}[{Index}]");

    /// <summary>Gets the sizes as text: height x width x channels; width x channels of a signal; frames first of a clip.</summary>
    public string Size =>
        Dimensions switch
        {
            < 2 => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Channels}"),
            2 => string.Create(CultureInfo.InvariantCulture, $"{Height}x{Width}x{Channels}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Frames}x{Height / Frames}x{Width}x{Channels}"),
        };

    /// <inheritdoc />
    public PictureGrid ToPictures() => new(string.Empty, [SamplePictures.ToPicture(this)]);

    /// <summary>Says where the image is from, its size and its class.</summary>
    /// <returns>For example <c>CIFAR10 Test[12]: 32x32x3, dog</c>.</returns>
    public override string ToString()
    {
        string from = Dataset.Length > 0 ? Dataset + " " : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{from}{Source}: {Size}{(Class is null ? string.Empty : ", " + Class)}");
    }
}
