using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>How much each position of a picture contributes to a class.</summary>
/// <param name="Source">The picture: a file, or an index in a split, for example <c>Test[12]</c>.</param>
/// <param name="Method">How it was worked out.</param>
/// <param name="Class">The class it is about.</param>
/// <param name="Score">The network's value for the class before softmax.</param>
/// <param name="Probability">The network's probability for the class, from 0 to 1.</param>
/// <param name="Label">The true class, or <see langword="null"/> where it is not known.</param>
/// <param name="Height">The map's rows; 1 for a signal.</param>
/// <param name="Width">The map's columns.</param>
/// <param name="Values">The map, row by row (of a clip: frame by frame).</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record Saliency(
    string Source,
    SaliencyMethod Method,
    string Class,
    double Score,
    double Probability,
    string? Label,
    int Height,
    int Width,
    float[] Values
) : IPictureSource
{
    /// <summary>Gets the frames of a clip; 1 for anything else.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>
    /// Gets a value indicating whether positions that count against the class have negative values; else they have 0, or their magnitude.
    /// </summary>
    public bool IsSigned { get; init; }

    /// <summary>Gets the sample.</summary>
    public required ImageSample Sample { get; init; }

    /// <summary>Gets the sample as a picture; maps of one sample have the same one.</summary>
    public required Picture Image { get; init; }

    /// <summary>Gets the layer whose maps were weighted (Grad-CAM), or <see langword="null"/>.</summary>
    public string? Layer { get; init; }

    /// <summary>Gets the check that integrated gradients add up, or <see langword="null"/> for other methods.</summary>
    public CompletenessCheck? Completeness { get; init; }

    /// <summary>Gets the smallest value.</summary>
    public double Min => Values.Min();

    /// <summary>Gets the largest value.</summary>
    public double Max => Values.Max();

    /// <summary>Gets the position of the largest value: row and column (of a signal: the index; of a clip: frame, row, column).</summary>
    public IReadOnlyList<int> Peak
    {
        get
        {
            int at = Array.IndexOf(Values, Values.Max()),
                row = at / Width % Height,
                frame = at / Width / Height;
            return Frames > 1 ? [frame, row, at % Width]
                : Height > 1 ? [row, at % Width]
                : [at % Width];
        }
    }

    /// <inheritdoc />
    public PictureGrid ToPictures()
    {
        string about = string.Create(CultureInfo.InvariantCulture, $"{Class} {100 * Probability:F1} %");
        bool overlay = Height > 1 && Frames == 1 && Method is (SaliencyMethod.GradCam or SaliencyMethod.Occlusion);
        var map = new Picture($"{Method}\n{about}", Frames, Height, Width, Values, IsSigned ? ColorScale.Diverging : ColorScale.Viridis)
        {
            Under = overlay ? Image : null,
            Opacity = 0.85,
            Quantity = Numbers,
        };
        return new PictureGrid(string.Empty, [Image, map]) { Note = Completeness?.ToString() ?? string.Empty };
    }

    /// <summary>Gets the name of the map's numbers.</summary>
    private string Numbers =>
        Method switch
        {
            SaliencyMethod.Occlusion => "score lost",
            SaliencyMethod.GradCam => "weighted maps",
            SaliencyMethod.IntegratedGradient => "part of score",
            _ => IsSigned ? "gradient" : "|gradient|",
        };

    /// <summary>Says the picture, the method, the class and its probability.</summary>
    /// <returns>For example <c>Test[12]: GradCam of cat (87.3 %)</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Source}: {Method} of {Class} ({100 * Probability:F1} %){(Completeness is null ? string.Empty : ", " + Completeness)}"
        );
}
