namespace ConvNetShell.Core.Operators;

/// <summary>Losses over two weights that show how optimizers differ.</summary>
public enum SurfaceKind
{
    /// <summary>x^2 + y^2: the same slope in all directions.</summary>
    Bowl,

    /// <summary>x^2 / 2 + 10 y^2: a valley that is steep across and flat along, in which plain descent goes to and fro.</summary>
    Ravine,

    /// <summary>x^2 - y^2 + y^4 / 4: flat at 0, 0, which is no minimum; those are at y = -1.414 and 1.414.</summary>
    Saddle,

    /// <summary>(1 - x)^2 + 100 (y - x^2)^2: a bent valley with the minimum at 1, 1 (Rosenbrock, 1960).</summary>
    Rosenbrock,

    /// <summary>(x^2 + y - 11)^2 + (x + y^2 - 7)^2: four minima of the same depth (Himmelblau, 1972).</summary>
    Himmelblau,
}
