using System.Globalization;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Text;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records.Predictions;

/// <summary>What a figure says of one image: its name, its true class, its picture, and the classes proposed.</summary>
internal sealed class PredictionCard
{
    private const int MostBars = 20;

    public PredictionCard(IReadOnlyList<Prediction> ranks)
    {
        Name = VisibleText.Of(Path.GetFileName(ranks[0].Source));
        Truth = ranks[0].Label is { } label ? VisibleText.Of($"true: {label}") : string.Empty;
        Picture = ranks[0].Sample is { } sample ? SamplePictures.ToPicture(sample, string.Empty) : null;

        // the true class too where it comes after them
        Bars = [.. ranks.Where((prediction, i) => i < MostBars || prediction.Correct == true)];
        int omitted = ranks.Count - Bars.Count;
        More =
            omitted == 0
                ? string.Empty
                : string.Create(CultureInfo.InvariantCulture, $"and {omitted:N0} less probable {(omitted == 1 ? "class" : "classes")}");
    }

    /// <summary>Gets the image's name, without its folder.</summary>
    public string Name { get; }

    /// <summary>Gets the line of the true class; empty where it is not known.</summary>
    public string Truth { get; }

    /// <summary>Gets the image, or <see langword="null"/> where it is not kept.</summary>
    public Picture? Picture { get; }

    /// <summary>Gets the classes that are drawn.</summary>
    public IReadOnlyList<Prediction> Bars { get; }

    /// <summary>Gets the line that says how many classes are not drawn; empty for none.</summary>
    public string More { get; }

    /// <summary>Returns the length of a class's bar, from 0 to 1.</summary>
    public static double Length(Prediction prediction) =>
        double.IsFinite(prediction.Probability) ? Math.Clamp(prediction.Probability, 0, 1) : 0;

    /// <summary>Returns the words beside a class's bar.</summary>
    public static string Percent(Prediction prediction) =>
        double.IsFinite(prediction.Probability) ? ViewText.Percent(prediction.Probability) : "not a number";

    /// <summary>Returns a bar's color.</summary>
    public static SKColor Color(Prediction prediction) => Theme.Of(null, PredictionChart.ColorOf(prediction));
}
