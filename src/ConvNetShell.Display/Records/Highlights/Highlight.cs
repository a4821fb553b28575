using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Highlights;

/// <summary>A window of a match that a network holds for a highlight, and why.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Match">The match: its number in the dataset, or a file.</param>
/// <param name="Rank">1 for the window with the highest score.</param>
/// <param name="Start">Where the window begins, in seconds.</param>
/// <param name="End">Where it ends, in seconds.</param>
/// <param name="Score">The probability of a highlight, from 0 to 1.</param>
/// <param name="PictureShare">The fraction of the evidence for a highlight that comes from the picture, from 0 to 1; NaN where neither
/// stream speaks for one.</param>
/// <param name="SoundShare">The fraction that comes from the sound; the two sum to 1.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record Highlight(
    string Network,
    string Match,
    int Rank,
    double Start,
    double End,
    double Score,
    double PictureShare,
    double SoundShare
) : IPictureSource
{
    /// <summary>Gets the window.</summary>
    public required FilmWindow Film { get; init; }

    /// <summary>Gets the scores of all windows of the match.</summary>
    public required MatchTimeline Timeline { get; init; }

    /// <summary>Gets whether it is a highlight; <see langword="null"/> where that is not known.</summary>
    public bool? IsHighlight { get; init; }

    /// <summary>Gets the properties that the dataset has of the window, such as Side and ShownIn; none of a file.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Returns a picture of a contact sheet: frames of the window, and its sound below them.</summary>
    /// <returns>The picture.</returns>
    public PictureGrid ToPictures() =>
        new(
            $"{Network} on match {Match}",
            [
                Film.ToStrip(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Rank}. {Start:0.#} to {End:0.#} s, score {ViewText.Percent(Score)}\n{Why()}"
                    )
                ),
            ]
        );

    /// <summary>Says the rank, the time, the score and the shares.</summary>
    /// <returns>For example <c>1. 34 to 36 s: 98.2 %, picture 40.1 %, sound 59.9 %</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Rank}. {Start:0.#} to {End:0.#} s: {ViewText.Percent(Score)}, {Why()}");

    private string Why() =>
        double.IsNaN(PictureShare)
            ? "neither stream"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"picture {ViewText.Percent(PictureShare)}, sound {ViewText.Percent(SoundShare)}"
            );
}
