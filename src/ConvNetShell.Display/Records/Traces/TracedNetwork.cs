using System.Globalization;

namespace ConvNetShell.Display.Records.Traces;

/// <summary>What a network computes of one image, from the image to a layer, with the weights: all that a page needs to follow any number
/// back to the image.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Source">The image: a file, or an index in a split.</param>
/// <param name="Layers">The layers, each after those it reads, the image first; none where there are more than
/// <see cref="MostNumbers"/> numbers.</param>
/// <param name="NumberCount">How many values and weights the layers have together.</param>
public sealed record TracedNetwork(string Network, string Source, IReadOnlyList<TracedLayer> Layers, long NumberCount)
{
    /// <summary>The most numbers that are kept, which make a page of 3 MB.</summary>
    public const int MostNumbers = 500_000;

    /// <summary>Gets a value indicating whether there are too many numbers to keep.</summary>
    public bool IsTooLarge => NumberCount > MostNumbers;

    /// <summary>Says the network, the image and the numbers.</summary>
    /// <returns>For example <c>LeNet5 on Test[12]: 11 layers, 58,000 numbers</c>.</returns>
    public override string ToString() =>
        IsTooLarge
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Network} on {Source}: {NumberCount:N0} numbers, and at most {MostNumbers:N0} are kept"
            )
            : string.Create(CultureInfo.InvariantCulture, $"{Network} on {Source}: {Layers.Count:N0} layers, {NumberCount:N0} numbers");
}
