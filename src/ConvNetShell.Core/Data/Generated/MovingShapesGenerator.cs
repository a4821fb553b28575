using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// Makes the MovingShapes dataset: clips of 8 grey frames of 24x24 pixels in which a disc, a square or a diamond moves left, right, up or
/// down (and back in at the other side), grows or shrinks, over noise. Where it begins, its size, speed and brightness are random, so that
/// no single frame shows the class.
/// The same seed gives the same bytes on every machine.
/// </summary>
public static class MovingShapesGenerator
{
    /// <summary>The number of training clips where none is asked for.</summary>
    public const int DefaultTrain = 3_000;

    /// <summary>The number of test clips where none is asked for.</summary>
    public const int DefaultTest = 600;

    private const int Frames = 8,
        Side = 24;

    /// <summary>Gets the class names, by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["down", "growing", "left", "right", "shrinking", "up"];

    /// <summary>Gets the shape of a clip: one channel, 8 frames, 24x24 pixels.</summary>
    public static Shape Shape { get; } = new(1, Frames, Side, Side);

    /// <summary>Makes the dataset.</summary>
    /// <param name="train">The number of training clips; default 3,000.</param>
    /// <param name="test">The number of test clips, 0 for no Test split; default 600.</param>
    /// <param name="seed">The seed; default 0.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="InvalidSettingException">A count is out of range.</exception>
    public static Dataset Generate(
        int train = DefaultTrain,
        int test = DefaultTest,
        long seed = 0,
        CancellationToken cancellation = default
    ) => SampleGenerator.Generate("MovingShapes", Shape, ClassNames, train, test, seed, Draw, cancellation);

    private static void Draw(int label, SeededRandom random, Span<byte> clip)
    {
        string motion = ClassNames[label];
        double speed = random.NextDouble(0.8, 1.8),
            size = random.NextDouble(3, 5),
            middle = (Frames - 1) / 2.0;
        double startX = random.NextDouble(0, Side),
            startY = random.NextDouble(0, Side);
        double light = random.NextDouble(110, 190),
            noise = random.NextDouble(8, 24),
            ground = random.NextDouble(20, 60);
        int outline = random.NextInt(3);
        for (int frame = 0; frame < Frames; frame++)
        {
            double gone = speed * frame;
            double x = Wrap(
                motion switch
                {
                    "left" => startX - gone,
                    "right" => startX + gone,
                    _ => startX,
                }
            );
            double y = Wrap(
                motion switch
                {
                    "up" => startY - gone,
                    "down" => startY + gone,
                    _ => startY,
                }
            );
            double growth = 0.55 * (frame - middle);
            double radius = motion switch
            {
                "growing" => size + growth,
                "shrinking" => size - growth,
                _ => size,
            };
            for (int i = 0; i < Side * Side; i++)
            {
                double dy = Apart(i / Side, y),
                    dx = Apart(i % Side, x);
                double distance = outline switch
                {
                    0 => Math.Sqrt(dx * dx + dy * dy),
                    1 => Math.Max(dx, dy),
                    _ => (dx + dy) * 0.75,
                };
                double cover = Math.Clamp(radius - distance + 0.5, 0, 1);
                clip[frame * Side * Side + i] = (byte)Math.Clamp(ground + cover * light + random.NextDouble(-noise, noise), 0, 255);
            }
        }
    }

    /// <summary>
    /// A figure that leaves at one side returns at the other: every position is equally likely in every frame, whatever the motion.
    /// </summary>
    private static double Wrap(double position) => position - Side * Math.Floor(position / Side);

    private static double Apart(double a, double b) => Math.Min(Math.Abs(a - b), Side - Math.Abs(a - b));
}
