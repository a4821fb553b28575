using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Layers;

/// <summary>How one layer's weights are trained, where that is not as the others' are.</summary>
public sealed record LayerTraining
{
    private const double LargestScale = 1e9;

    /// <summary>How layers are trained of which nothing was said.</summary>
    public static LayerTraining Default { get; } = new();

    /// <summary>Gets the factor of the learning rate, from 0 to 10^9. Default: 1.</summary>
    /// <exception cref="InvalidSettingException">It is out of range.</exception>
    public double LearningRateScale
    {
        get;
        init => field = Scale(nameof(LearningRateScale), value);
    } = 1;

    /// <summary>Gets the factor of the weight decay, from 0 to 10^9. Default: 1.</summary>
    /// <exception cref="InvalidSettingException">It is out of range.</exception>
    public double WeightDecayScale
    {
        get;
        init => field = Scale(nameof(WeightDecayScale), value);
    } = 1;

    /// <summary>Gets the epochs, from 1, in which the weights stay as they are, in order. Default: none.</summary>
    /// <exception cref="InvalidSettingException">One is below 1.</exception>
    public IReadOnlyList<int> FrozenEpochs
    {
        get;
        init =>
            field = value.All(epoch => epoch >= 1)
                ? [.. value.Distinct().Order()]
                : throw new InvalidSettingException(nameof(FrozenEpochs), "epochs from 1", value.Min());
    } = [];

    /// <summary>
    /// Gets the epochs, from the first, over which the layer learns; its learning rate falls in a line from the largest of the run to 0 at
    /// their end, whatever the schedule. 0: as long as the other layers, at their rate. Default: 0.
    /// </summary>
    /// <exception cref="InvalidSettingException">It is negative.</exception>
    public int LearningEpochs
    {
        get;
        init => field = value >= 0 ? value : throw new InvalidSettingException(nameof(LearningEpochs), "0 or more epochs", value);
    }

    /// <summary>
    /// Gets a value indicating whether only the biases learn, and other vectors such as the scales of a normalization; filters and
    /// matrices stay as they are. Default: false.
    /// </summary>
    public bool BiasOnly { get; init; }

    /// <summary>Returns whether the weights stay as they are in an epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public bool IsFrozenIn(int epoch) => FrozenEpochs.Contains(epoch) || (LearningEpochs > 0 && epoch > LearningEpochs);

    /// <inheritdoc />
    public bool Equals(LayerTraining? other) =>
        other is not null
        && (LearningRateScale, WeightDecayScale, LearningEpochs, BiasOnly)
            == (other.LearningRateScale, other.WeightDecayScale, other.LearningEpochs, other.BiasOnly)
        && FrozenEpochs.SequenceEqual(other.FrozenEpochs);

    /// <inheritdoc />
    public override int GetHashCode() =>
        HashCode.Combine(LearningRateScale, WeightDecayScale, FrozenEpochs.Count, LearningEpochs, BiasOnly);

    /// <summary>Says what differs from other layers.</summary>
    /// <returns>For example <c>learning rate x 0.1, frozen in 3 epochs</c>; empty where nothing does.</returns>
    public override string ToString() =>
        string.Join(
            ", ",
            new[]
            {
                LearningRateScale == 1 ? null : Text($"learning rate x {LearningRateScale:G4}"),
                WeightDecayScale == 1 ? null : Text($"weight decay x {WeightDecayScale:G4}"),
                BiasOnly ? "biases only" : null,
                LearningEpochs == 0 ? null : Text($"learns for {LearningEpochs} epoch{Plural(LearningEpochs)}"),
                FrozenEpochs.Count == 0 ? null : Text($"frozen in {FrozenEpochs.Count} epoch{Plural(FrozenEpochs.Count)}"),
            }.OfType<string>()
        );

    private static double Scale(string setting, double value) =>
        value is >= 0 and <= LargestScale ? value : throw new InvalidSettingException(setting, "a number from 0 to 10^9", value);

    private static string Plural(int count) => count == 1 ? string.Empty : "s";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
