using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>One filter of a convolution, or one unit of a dense layer: the weights it sums its input up with.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The filter's index in the layer, from 0.</param>
/// <param name="Shape">Channels and size, for example 3x5x5.</param>
/// <param name="Bias">The number it adds, or <see langword="null"/> if it adds none or (locally connected) one for each position.</param>
/// <param name="Values">The weights as arrays of arrays: channel, row, column.</param>
/// <param name="Weights">The weights one after the other, the last dimension first to move.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record LayerFilter(string Layer, int Index, string Shape, double? Bias, Array Values, IReadOnlyList<double> Weights)
    : IPictureSource
{
    /// <summary>
    /// Gets the epoch after which the filter was so, 0 before the first; <see langword="null"/> for the filter of a network as it is.
    /// </summary>
    public int? Epoch { get; init; }

    /// <summary>Gets the smallest weight.</summary>
    public double Min => Weights.Min();

    /// <summary>Gets the largest weight.</summary>
    public double Max => Weights.Max();

    /// <summary>Gets the mean of the weights.</summary>
    public double Mean => Weights.Average();

    /// <summary>Gets the Euclidean length of the weights.</summary>
    public double Norm => Math.Sqrt(Weights.Sum(weight => weight * weight));

    /// <summary>Gets the number of weights that are not a number.</summary>
    public int NaNCount => Weights.Count(double.IsNaN);

    /// <summary>Gets a value indicating whether the weights work on the colors of the input: this filter is drawn in color.</summary>
    public bool SeesColor { get; init; }

    /// <summary>
    /// Gets the input shape of a dense unit, channels first: its weights are drawn as these planes. Empty for other layers, whose
    /// shape says it.
    /// </summary>
    public IReadOnlyList<int> Planes { get; init; } = [];

    /// <inheritdoc />
    public PictureGrid ToPictures() => new(Layer, [FilterPictures.ToPicture(this)]) { Role = new PictureRole(Layer, "filter", Index) };

    /// <summary>Gives the layer, the index and the shape.</summary>
    /// <returns>For example <c>conv1[3]: 3x5x5</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Layer}[{Index}]: {Shape}");
}
