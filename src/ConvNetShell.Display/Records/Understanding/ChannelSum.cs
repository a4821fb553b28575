using System.Globalization;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>The contribution of one input channel to a unit.</summary>
/// <param name="Channel">The channel, from 0.</param>
/// <param name="Sum">The sum of its products.</param>
public sealed record ChannelSum(int Channel, double Sum)
{
    /// <summary>Says the channel and the sum.</summary>
    /// <returns>For example <c>channel 3: -0.375</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"channel {Channel}: {Sum:G5}");
}
