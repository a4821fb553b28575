using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Captions;

/// <summary>A word of a caption.</summary>
/// <param name="Text">The word.</param>
/// <param name="Probability">Its probability given the image and the words before it, from 0 to 1.</param>
/// <param name="Height">The rows of the attention map; 0 where the network has no attention.</param>
/// <param name="Width">The columns of the attention map.</param>
/// <param name="Attention">How much the word looked at each position, row by row; the sum is 1.</param>
public sealed record CaptionWord(string Text, double Probability, int Height, int Width, float[] Attention)
{
    /// <summary>Says the word and its probability.</summary>
    /// <returns>For example <c>red 99.2 %</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Text} {ViewText.Percent(Probability)}");
}
