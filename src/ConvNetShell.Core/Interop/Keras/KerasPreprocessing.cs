using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Storage;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>What the first layers of a model do to pixels from 0 to 255, which the network's normalization does here.</summary>
/// <param name="channels">The number of channels.</param>
internal sealed class KerasPreprocessing(int channels)
{
    private const double Brightest = 255;

    // a pixel becomes factor * pixel + added
    private readonly double[] factor = [.. Enumerable.Repeat(1.0, channels)],
        added = new double[channels];

    /// <summary>Gets a value indicating whether a layer was read.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Gets the same as a mean and a deviation of pixels from 0 to 1.</summary>
    public ChannelStatistics Statistics =>
        IsKnown
            ? new ChannelStatistics(
                [.. factor.Zip(added, (scale, offset) => -offset / (Brightest * scale))],
                [.. factor.Select(scale => 1 / (Brightest * scale))]
            )
            : new ChannelStatistics([.. factor.Select(_ => 0.0)], [.. factor.Select(_ => 1.0)]);

    /// <summary>Reads a layer; false where it is none of these.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="values">Returns the values of a variable.</param>
    public bool Read(KerasLayer layer, Func<TensorEntry, double[]> values)
    {
        switch (layer.Class)
        {
            case "Rescaling":
                Apply(layer, layer.Settings.Reals("scale"), layer.Settings.Reals("offset"));
                return true;
            case "Normalization":
                layer.Settings.RequireNot("invert");
                bool isStored = layer.Settings.Find("mean") is null && layer.Variables.Count >= 2;
                double[] mean = isStored ? values(layer.Variables[0]) : layer.Settings.Reals("mean"),
                    variance = isStored ? values(layer.Variables[1]) : layer.Settings.Reals("variance");
                double[] scale = [.. variance.Select(value => 1 / Math.Max(Math.Sqrt(value), 1e-7))];
                Apply(layer, scale, [.. mean.Zip(Every(layer, scale), (value, by) => -value * by)]);
                return true;
            default:
                return false;
        }
    }

    private void Apply(KerasLayer layer, double[] scale, double[] offset)
    {
        double[] scales = Every(layer, scale),
            offsets = Every(layer, offset.Length == 0 ? [0] : offset);
        for (int i = 0; i < channels; i++)
        {
            if (!double.IsFinite(scales[i]) || scales[i] <= 0 || !double.IsFinite(offsets[i]))
            {
                throw layer.Settings.Wrong("scale", "finite numbers above 0", scales[i]);
            }
            (factor[i], added[i]) = (factor[i] * scales[i], (added[i] * scales[i]) + offsets[i]);
        }
        IsKnown = true;
    }

    private double[] Every(KerasLayer layer, double[] numbers) =>
        numbers.Length == channels ? numbers
        : numbers.Length == 1 ? [.. Enumerable.Repeat(numbers[0], channels)]
        : throw layer.Settings.Wrong("The numbers", $"one, or one for each of {channels} channels", numbers.Length);
}
