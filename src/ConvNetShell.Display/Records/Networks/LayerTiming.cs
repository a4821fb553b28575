using System.Globalization;

namespace ConvNetShell.Display.Records.Networks;

/// <summary>
/// The cost of a layer in training, for one batch; the last row of a measurement is the whole network, as Start-Training computes it.
/// </summary>
/// <param name="Name">The layer's name, or the names of those computed together, with spaces between; Total for the whole network.</param>
/// <param name="Type">What kind of layer: Conv, MaxPool, Dense, one for each name; empty for the whole network.</param>
/// <param name="Output">The shape that comes out, for one sample.</param>
/// <param name="BatchSize">The samples in the batch.</param>
/// <param name="ForwardMs">The time forwards, in milliseconds (median).</param>
/// <param name="BackwardMs">The time backwards, in milliseconds (median); of the whole network also the optimizer's.</param>
/// <param name="Megabytes">The output of the batch, in megabytes (10^6 bytes).</param>
/// <param name="GFlops">The multiplications and additions of the layer's definition a second, forwards and backwards, in thousands of
/// millions; 0 where it has no multiply-adds. Minimal filtering does fewer, so such a layer may be above the processor's own peak.</param>
/// <param name="PeakFraction">That speed as a fraction of the highest seen in the measurement, in a product of matrices or in a layer: from
/// 0 to 1.</param>
/// <param name="TimeFraction">The layer's fraction of all layers' time, from 0 to 1.</param>
public sealed record LayerTiming(
    string Name,
    string Type,
    string Output,
    int BatchSize,
    double ForwardMs,
    double BackwardMs,
    double Megabytes,
    double GFlops,
    double PeakFraction,
    double TimeFraction
)
{
    /// <summary>Gets the samples a second.</summary>
    public double ImagesPerSecond => BatchSize / (ForwardMs + BackwardMs) * 1000;

    /// <summary>Says the times.</summary>
    /// <returns>For example <c>conv1: 1.2 ms forwards, 2.3 ms backwards</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: {ForwardMs:F2} ms forwards, {BackwardMs:F2} ms backwards");
}
