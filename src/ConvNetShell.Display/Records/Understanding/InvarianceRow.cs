using System.Globalization;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>The effect of a change of the picture on one layer, or on the prediction.</summary>
/// <param name="Change">The change: Shift, Rotate, Scale or Flip.</param>
/// <param name="Amount">By how much: pixels to the right, degrees, a factor; 1 for a flip.</param>
/// <param name="Layer">The layer, or output for the prediction.</param>
/// <param name="EquivarianceError">
/// For maps: how far the maps of the changed picture are from the maps changed in the same way, as a fraction of their norm (0: they move
/// along, 1 and more: they do
/// not); positions from outside the picture are left out. For vectors and the output: how far they are from those of the unchanged
/// picture.
/// </param>
/// <param name="SameLabel">For the output: the fraction of the pictures whose most probable class stays; NaN for layers.</param>
/// <param name="Compared">The fraction of the positions that could be compared.</param>
public sealed record InvarianceRow(string Change, double Amount, string Layer, double EquivarianceError, double SameLabel, double Compared)
{
    /// <summary>Says the change, the layer and the error.</summary>
    /// <returns>For example <c>Shift 2, pool1: error 0.04</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Change} {Amount}, {Layer}: error {EquivarianceError:F3}");
}
