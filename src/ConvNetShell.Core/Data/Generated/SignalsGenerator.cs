using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// Makes the Signals dataset: sequences of 64 values of six kinds, which fall, rise, or repeat as a sawtooth, a sine or a square, or are
/// noise
/// alone. Height, slope, period and phase are random and noise lies over all. The same seed gives the same bytes on every machine.
/// </summary>
public static class SignalsGenerator
{
    /// <summary>The number of training signals where none is asked for.</summary>
    public const int DefaultTrain = 6_000;

    /// <summary>The number of test signals where none is asked for.</summary>
    public const int DefaultTest = 1_200;

    private const int Length = 64;
    private const double Middle = 128;

    /// <summary>Gets the class names, by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["falling", "noise", "rising", "sawtooth", "sine", "square"];

    /// <summary>Gets the shape of a signal: one channel, 64 steps.</summary>
    public static Shape Shape { get; } = new(1, Length);

    /// <summary>Makes the dataset.</summary>
    /// <param name="train">The number of training signals; default 6,000.</param>
    /// <param name="test">The number of test signals, 0 for no Test split; default 1,200.</param>
    /// <param name="seed">The seed; default 0.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="InvalidSettingException">A count is out of range.</exception>
    public static Dataset Generate(
        int train = DefaultTrain,
        int test = DefaultTest,
        long seed = 0,
        CancellationToken cancellation = default
    ) => SampleGenerator.Generate("Signals", Shape, ClassNames, train, test, seed, Draw, cancellation);

    private static void Draw(int label, SeededRandom random, Span<byte> signal)
    {
        string kind = ClassNames[label];
        double height = random.NextDouble(30, 80),
            period = random.NextDouble(10, 32),
            phase = random.NextDouble(0, 1),
            noise = random.NextDouble(4, 22);
        double level = Middle + random.NextDouble(-20, 20),
            slope = 2 * height / Length;
        for (int i = 0; i < Length; i++)
        {
            double turn = i / period + phase,
                part = turn - Math.Floor(turn);
            double value = kind switch
            {
                "rising" => slope * (i - Length / 2),
                "falling" => -slope * (i - Length / 2),
                "sawtooth" => height * (2 * part - 1),
                "square" => part < 0.5 ? height : -height,
                "sine" => height * Sine(part),
                _ => 0,
            };
            signal[i] = (byte)Math.Clamp(level + value + random.NextDouble(-noise, noise), 0, 255);
        }
    }

    /// <summary>
    /// Bhaskara's fraction for the sine of a turn, right to 0.002: plain arithmetic gives the same bytes everywhere, the system's sine need
    /// not.
    /// </summary>
    private static double Sine(double turn)
    {
        double half = 2 * (turn < 0.5 ? turn : turn - 0.5),
            hill = half * (1 - half);
        return (turn < 0.5 ? 1 : -1) * 16 * hill / (5 - 4 * hill);
    }
}
