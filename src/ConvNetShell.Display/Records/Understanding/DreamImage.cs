using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>An image made to excite one unit of a layer.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Unit">The channel, or of a dense layer the unit, from 0.</param>
/// <param name="Class">The class that the unit stands for, or <see langword="null"/>.</param>
/// <param name="StartActivation">The unit's mean value on the image it began with.</param>
/// <param name="Activation">The unit's mean value on this image.</param>
/// <param name="Steps">The steps taken.</param>
/// <param name="Seed">The seed of the noise it began with, and of the jitter.</param>
/// <param name="Sample">The image.</param>
/// <param name="History">The value after each step, jitter included.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record DreamImage(
    string Layer,
    int Unit,
    string? Class,
    double StartActivation,
    double Activation,
    int Steps,
    int Seed,
    ImageSample Sample,
    IReadOnlyList<double> History
) : IPictureSource
{
    /// <summary>Gets a value indicating whether no step changed the unit: its gradient is zero on every image tried.</summary>
    public bool IsDead { get; init; }

    /// <inheritdoc />
    public PictureGrid ToPictures() =>
        new(
            string.Empty,
            [
                SamplePictures.ToPicture(
                    Sample,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Class ?? $"{Layer}[{Unit}]"}\nactivation {StartActivation:G3} → {Activation:G3}"
                    )
                ),
            ]
        );

    /// <summary>Says the unit and its values.</summary>
    /// <returns>For example <c>conv3[7]: 0.12 to 9.87 in 200 steps</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Layer}[{Unit}]{(Class is null ? string.Empty : $" ({Class})")}: {StartActivation:G3} to {Activation:G3} in "
                + $"{Steps} steps{(IsDead ? ", dead" : string.Empty)}"
        );
}
