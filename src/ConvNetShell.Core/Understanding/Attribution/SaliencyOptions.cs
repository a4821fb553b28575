using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Understanding.Attribution;

/// <summary>What decides a saliency map besides the method. Checked when made.</summary>
public sealed record SaliencyOptions
{
    private readonly int? steps,
        window,
        stride;
    private readonly int samples = 32;
    private readonly double noise = 0.15;

    /// <summary>
    /// Gets the layer whose maps Grad-CAM weights; <see langword="null"/> for the last convolution, with the normalization and activation
    /// after it.
    /// </summary>
    public string? Layer { get; init; }

    /// <summary>Gets a value indicating whether positions that count against the class keep a negative value.</summary>
    public bool AllowNegative { get; init; }

    /// <summary>Gets the baseline, a picture without information. Default: the mean color.</summary>
    public SaliencyBaseline Baseline { get; init; }

    /// <summary>
    /// Gets the gradients taken for integrated gradients; <see langword="null"/> takes as many as make the sum right within half a per
    /// cent, 64 to 2048.
    /// </summary>
    public int? Steps
    {
        get => steps;
        init =>
            steps = value is null or (>= 1 and <= 100_000) ? value : throw new InvalidSettingException("Steps", "from 1 to 100000", value);
    }

    /// <summary>
    /// Gets the side of the window that occlusion covers; <see langword="null"/> for a sixth of the picture's longer side.
    /// </summary>
    public int? Window
    {
        get => window;
        init => window = Positive("Window", value);
    }

    /// <summary>Gets the step of that window; <see langword="null"/> for half of it.</summary>
    public int? Stride
    {
        get => stride;
        init => stride = Positive("Stride", value);
    }

    /// <summary>Gets the noisy copies for smooth gradients. Default: 32.</summary>
    public int Samples
    {
        get => samples;
        init => samples = Positive("Samples", value)!.Value;
    }

    /// <summary>Gets the standard deviation of the noise as a fraction of the picture's range. Default: 0.15.</summary>
    public double Noise
    {
        get => noise;
        init =>
            noise =
                value >= 0 && double.IsFinite(value)
                    ? value
                    : throw new InvalidSettingException("Noise", "a finite number of 0 or more", value);
    }

    /// <summary>Gets the seed of the noise. Default: 0.</summary>
    public int Seed { get; init; }

    private static int? Positive(string setting, int? value) =>
        value is null or >= 1 ? value : throw new InvalidSettingException(setting, "an integer of 1 or more", value);
}
