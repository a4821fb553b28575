using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Operators;

/// <summary>A loss over two weights: its function, the part of it that is drawn, and where a descent begins.</summary>
public sealed class LossSurface
{
    private const int Cells = 61;
    private const double LeastReach = 2,
        ReachBeyond = 1.25;
    private const double Nudge = 1e-5; // between rounding and curvature, in float64
    private readonly Func<double, double, double> loss;
    private readonly (double Low, double High) across,
        up;

    private LossSurface(
        string name,
        Func<double, double, double> loss,
        (double Low, double High) across,
        (double Low, double High) up,
        (double X, double Y) start,
        double rate
    ) => (Name, this.loss, this.across, this.up, Start, LearningRate) = (name, loss, across, up, start, rate);

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets where a descent begins.</summary>
    public (double X, double Y) Start { get; }

    /// <summary>Gets a learning rate with which plain gradient descent does not diverge from there.</summary>
    public double LearningRate { get; }

    /// <summary>Returns a known surface.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="start">Where a descent begins; <see langword="null"/> for the surface's own beginning.</param>
    /// <returns>The surface.</returns>
    public static LossSurface Of(SurfaceKind kind, (double X, double Y)? start = null)
    {
        LossSurface known = Known(kind);
        return start is { } from ? new LossSurface(known.Name, known.loss, known.across, known.up, from, known.LearningRate) : known;
    }

    /// <summary>Returns a surface of a function of one's own, drawn round 0 as far as the beginning is away.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="loss">The function.</param>
    /// <param name="start">Where a descent begins.</param>
    /// <returns>The surface, with a learning rate of 0.01.</returns>
    public static LossSurface Of(string name, Func<double, double, double> loss, (double X, double Y) start)
    {
        double reach = Math.Max(LeastReach, ReachBeyond * Math.Max(Math.Abs(start.X), Math.Abs(start.Y)));
        return new LossSurface(name, loss, (-reach, reach), (-reach, reach), start, 0.01);
    }

    /// <summary>Returns the loss.</summary>
    /// <param name="x">The first weight.</param>
    /// <param name="y">The second weight.</param>
    /// <returns>The loss; not a number or infinite where the descent has diverged.</returns>
    public double At(double x, double y) => loss(x, y);

    /// <summary>Returns the slopes, by finite differences.</summary>
    /// <param name="x">The first weight.</param>
    /// <param name="y">The second weight.</param>
    /// <returns>The slope along each weight.</returns>
    public (double X, double Y) Slope(double x, double y)
    {
        double h = Nudge * (1 + Math.Abs(x)),
            k = Nudge * (1 + Math.Abs(y));
        return ((loss(x + h, y) - loss(x - h, y)) / (2 * h), (loss(x, y + k) - loss(x, y - k)) / (2 * k));
    }

    /// <summary>Computes the surface's picture.</summary>
    /// <param name="stop">Ends the work within a moment.</param>
    /// <returns>The surface as a grid of 61 x 61 numbers.</returns>
    /// <exception cref="InvalidSettingException">The function is nowhere a number.</exception>
    public DescentSurface Draw(CancellationToken stop = default)
    {
        double[] x = Centers(across),
            y = Centers(up);
        double[][] heights =
        [
            .. y.Select(row =>
            {
                stop.ThrowIfCancellationRequested();
                return x.Select(column => loss(column, row)).ToArray();
            }),
        ];
        double[] finite = [.. heights.SelectMany(row => row).Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            throw new InvalidSettingException("Function", "a function that gives numbers", Name);
        }
        double least = finite.Min();
        double[][] colors = [.. heights.Select(row => row.Select(height => Math.Log10(1 + height - least)).ToArray())];
        return new DescentSurface(Name, new ChartField("log10(1 + loss)", x, y, colors));
    }

    private static LossSurface Known(SurfaceKind kind) =>
        kind switch
        {
            SurfaceKind.Bowl => new("Bowl", (x, y) => (x * x) + (y * y), (-5, 5), (-5, 5), (-4, 3), 0.1),
            SurfaceKind.Ravine => new("Ravine", (x, y) => (x * x / 2) + (10 * y * y), (-10, 10), (-3, 3), (-9, 2), 0.09),
            SurfaceKind.Saddle => new("Saddle", (x, y) => (x * x) - (y * y) + (y * y * y * y / 4), (-2, 2), (-2.5, 2.5), (1.8, 0.001), 0.1),
            SurfaceKind.Rosenbrock => new(
                "Rosenbrock",
                (x, y) => ((1 - x) * (1 - x)) + (100 * (y - (x * x)) * (y - (x * x))),
                (-2, 2),
                (-1, 3),
                (-1.5, 2),
                0.001
            ),
            SurfaceKind.Himmelblau => new(
                "Himmelblau",
                (x, y) => Math.Pow((x * x) + y - 11, 2) + Math.Pow(x + (y * y) - 7, 2),
                (-5, 5),
                (-5, 5),
                (0, -0.5),
                0.01
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a surface"),
        };

    private static double[] Centers((double Low, double High) range) =>
        [.. Enumerable.Range(0, Cells).Select(i => range.Low + ((range.High - range.Low) * i / (Cells - 1)))];
}
