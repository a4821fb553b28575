using System.Globalization;

namespace ConvNetShell.Display;

/// <summary>One image, with its label where it has one.</summary>
/// <param name="Dataset">The dataset it is from; empty for a file by itself.</param>
/// <param name="Split">Train, Validation or Test; empty for a file by itself.</param>
/// <param name="Index">Its place in the split, from 0.</param>
/// <param name="Label">The index of its class, or <see langword="null"/> where it is not known.</param>
/// <param name="Class">The name of its class, or <see langword="null"/> where it is not known.</param>
/// <param name="Height">The rows.</param>
/// <param name="Width">The columns.</param>
/// <param name="Channels">The numbers a pixel has: 3 for colour (red, green, blue), 1 for grey.</param>
/// <param name="Pixels">Height x width x channels bytes: row by row, the channels of a pixel together.</param>
public sealed record ImageSample(
    string Dataset, string Split, int Index, int? Label, string? Class, int Height, int Width, int Channels, byte[] Pixels)
{
    /// <summary>Gets the file the image was read from, or <see langword="null"/> where it came out of an archive.</summary>
    public string? File { get; init; }

    /// <summary>Gets what tells this image from others: the file, or the place in its split, <c>Test[12]</c>.</summary>
    public string Source => File ?? string.Create(CultureInfo.InvariantCulture, $"{Split}[{Index}]");

    /// <summary>Says where the image is from, its size and its class.</summary>
    /// <returns>For example <c>CIFAR10 Test[12]: 32x32x3, dog</c>.</returns>
    public override string ToString()
    {
        string from = Dataset.Length > 0 ? Dataset + " " : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{from}{Source}: {Height}x{Width}x{Channels}{(Class is null ? string.Empty : ", " + Class)}");
    }
}
