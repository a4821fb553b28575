using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Understanding.Activations;

/// <summary>What decides a dream image besides the unit. Checked when made.</summary>
public sealed record DreamOptions
{
    /// <summary>The most steps.</summary>
    public const int MostSteps = 10_000;

    private readonly int steps = 200,
        jitter = 2;
    private readonly double rate = 0.05,
        smoothness = 0.2,
        decay = 0.5;

    /// <summary>Gets the steps, 1 to 10,000. Default: 200.</summary>
    public int Steps
    {
        get => steps;
        init =>
            steps = value is >= 1 and <= MostSteps ? value : throw new InvalidSettingException("Steps", $"from 1 to {MostSteps}", value);
    }

    /// <summary>Gets the largest shift in pixels in each direction that the image gets anew at each step. Default: 2.</summary>
    public int Jitter
    {
        get => jitter;
        init => jitter = value >= 0 ? value : throw new InvalidSettingException("Jitter", "an integer of 0 or more", value);
    }

    /// <summary>
    /// Gets the mean change of a pixel in the first step, as a fraction of its range; it falls linearly to zero. Default: 0.05.
    /// </summary>
    public double LearningRate
    {
        get => rate;
        init => rate = Number("LearningRate", value, positive: true);
    }

    /// <summary>
    /// Gets the weight of the prior that neighbors are alike (total variation), against the unit's gradient. Default: 0.2.
    /// </summary>
    public double Smoothness
    {
        get => smoothness;
        init => smoothness = Number("Smoothness", value);
    }

    /// <summary>Gets the weight of the prior that pixels are near the mean color, against the unit's gradient. Default: 0.5.</summary>
    public double Decay
    {
        get => decay;
        init => decay = Number("Decay", value);
    }

    /// <summary>Gets the image to begin with; <see langword="null"/> for noise about the mean color.</summary>
    public ImageSample? Start { get; init; }

    /// <summary>Gets the seed of the noise and of the jitter. Default: 0.</summary>
    public int Seed { get; init; }

    private static double Number(string setting, double value, bool positive = false) =>
        double.IsFinite(value) && (positive ? value > 0 : value >= 0)
            ? value
            : throw new InvalidSettingException(setting, positive ? "a finite number above 0" : "a finite number of 0 or more", value);
}
