using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>
/// How a layer behaves on data: its output, its dead units, and the ratio of its weights to their gradients.
/// </summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Kind">The layer in the specification language.</param>
/// <param name="Output">The shape that comes out.</param>
/// <param name="Units">The channels, or of a vector the units.</param>
/// <param name="Mean">The mean of the values.</param>
/// <param name="StandardDeviation">Their standard deviation.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
/// <param name="ZeroFraction">The fraction of the values that are zero.</param>
/// <param name="SignalGradient">The root mean square of the loss's gradient at the values, for one image; not a number for a last softmax,
/// which is part of the loss.</param>
public sealed record LayerMeasure(
    string Layer,
    string Kind,
    string Output,
    int Units,
    double Mean,
    double StandardDeviation,
    double Min,
    double Max,
    double ZeroFraction,
    double SignalGradient
)
{
    /// <summary>Gets the units of a ReLU that are zero on every image and at every position; empty for other layers.</summary>
    public IReadOnlyList<int> DeadUnits { get; init; } = [];

    /// <summary>Gets the fraction of the units of a ReLU that are dead; NaN for other layers.</summary>
    public double DeadFraction { get; init; } = double.NaN;

    /// <summary>
    /// Gets the fraction of a sigmoid's or tanh's values within a twentieth of its range from its ends, where its gradient vanishes; not a
    /// number for other layers.
    /// </summary>
    public double SaturatedFraction { get; init; } = double.NaN;

    /// <summary>Gets the root mean square of the layer's weights (biases aside); not a number without weights.</summary>
    public double WeightSize { get; init; } = double.NaN;

    /// <summary>Gets the root mean square of the loss's gradient at the weights; not a number without weights.</summary>
    public double GradientSize { get; init; } = double.NaN;

    /// <summary>
    /// Gets the learning rate times gradient over weight: the relative change in a step of plain gradient descent. About 0.001 is healthy.
    /// </summary>
    public double UpdateRatio { get; init; } = double.NaN;

    /// <summary>Gets how many values are not a number or infinite; the other figures are of the rest.</summary>
    public long NaNCount { get; init; }

    /// <summary>Gives the layer, its values and its problems.</summary>
    /// <returns>For example <c>relu1: mean 0.31, deviation 0.54, 12.5 % dead</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Layer}: mean {Mean:G3}, deviation "
                + $"{StandardDeviation:G3}{(double.IsNaN(DeadFraction) ? string.Empty : $", {ViewText.Percent(DeadFraction)} dead")}"
                + $"{(double.IsNaN(SaturatedFraction) ? string.Empty : $", {ViewText.Percent(SaturatedFraction)} saturated")}"
                + $"{(NaNCount == 0 ? string.Empty : $", {NaNCount} not a number")}"
        );
}
