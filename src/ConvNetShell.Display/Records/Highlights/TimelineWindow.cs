using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Highlights;

/// <summary>A window on the timeline of a match.</summary>
/// <param name="Start">Where it begins, in seconds.</param>
/// <param name="End">Where it ends, in seconds.</param>
/// <param name="Score">The probability of a highlight, from 0 to 1.</param>
/// <param name="Picture">The evidence of the picture: how much it adds to the logarithm of the odds of a highlight, less its mean.</param>
/// <param name="Sound">The evidence of the sound.</param>
/// <param name="IsHighlight">Whether it is a highlight; <see langword="null"/> where that is not known.</param>
/// <param name="IsChosen">Whether it is among the highlights that were asked for.</param>
public sealed record TimelineWindow(double Start, double End, double Score, double Picture, double Sound, bool? IsHighlight, bool IsChosen)
{
    /// <summary>Gets the middle of the window, in seconds.</summary>
    public double Middle => (Start + End) / 2;

    /// <summary>Says the time and the score.</summary>
    /// <returns>For example <c>34 to 36 s: 98.2 %</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Start:0.#} to {End:0.#} s: {ViewText.Percent(Score)}");
}
