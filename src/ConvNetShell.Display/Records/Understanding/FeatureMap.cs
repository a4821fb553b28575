using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>The output of one channel of a layer for one sample, or the gradient there.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Channel">The channel, from 0.</param>
/// <param name="Source">The sample: a file, or an index in a split.</param>
/// <param name="Shape">The map's size, for example 16x16; 1 for a unit of a dense layer.</param>
/// <param name="Values">The values, the last dimension first to move.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record FeatureMap(string Layer, int Channel, string Source, string Shape, float[] Values) : IPictureSource
{
    private readonly (double Min, double Max, int NaNCount) range = PictureRange.Of(Values);

    /// <summary>Gets a value indicating whether the values are gradients; else they are activations.</summary>
    public bool IsGradient { get; init; }

    /// <summary>Gets the class whose score the gradients belong to; <see langword="null"/> for activations.</summary>
    public string? Class { get; init; }

    /// <summary>Gets the values as arrays of arrays: row, column; of a signal as one array.</summary>
    public required Array Data { get; init; }

    /// <summary>Gets the rows; 1 for a signal.</summary>
    public required int Height { get; init; }

    /// <summary>Gets the columns.</summary>
    public required int Width { get; init; }

    /// <summary>Gets the slices of a map in three dimensions; else 1.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>Gets the smallest value that is a number.</summary>
    public double Min => range.Min;

    /// <summary>Gets the largest value that is a number.</summary>
    public double Max => range.Max;

    /// <summary>Gets the mean of the values.</summary>
    public double Mean => Values.Average(value => (double)value);

    /// <summary>Gets the fraction of the values that are zero, from 0 to 1.</summary>
    public double ZeroFraction => Values.Count(value => value == 0) / (double)Values.Length;

    /// <summary>Gets how many values are no finite numbers.</summary>
    public int NaNCount => range.NaNCount;

    /// <inheritdoc />
    public PictureGrid ToPictures() =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(IsGradient ? $"Gradient of {Class} at {Layer}" : Layer)}, {Path.GetFileName(Source)}"
            ),
            [
                new Picture(
                    Channel.ToString(CultureInfo.InvariantCulture),
                    Depth,
                    Height,
                    Width,
                    Values,
                    IsGradient || Min < 0 ? ColorScale.Diverging : ColorScale.Viridis
                )
                {
                    Quantity = IsGradient ? "gradient" : "activation",
                },
            ]
        )
        {
            CommonRange = true,
            Role = new PictureRole(Layer, IsGradient ? "gradient" : "map", Channel),
        };

    /// <summary>Says the layer, the channel, the size and the range.</summary>
    /// <returns>For example <c>conv2[3] of Test[12]: 16x16, 0 to 2.41, mean 0.32, 41.0 % zero</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(IsGradient ? "gradient of " : string.Empty)}{Layer}[{Channel}] of {Source}: {Shape}, {Min:G3} to {Max:G3}, mean "
                + $"{Mean:G3}, {100 * ZeroFraction:F1} % zero"
        );
}
