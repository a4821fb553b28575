using ConvNetShell.Display.Charts;

namespace ConvNetShell.Display.Records.Training;

/// <summary>A loss over two weights, for pictures of a descent on it.</summary>
/// <param name="name">Its name.</param>
/// <param name="colors">Its values as colors: the decimal logarithm of 1 and the height above the least value of the grid.</param>
public sealed class DescentSurface(string name, ChartField colors)
{
    /// <summary>Gets the name.</summary>
    public string Name => name;

    /// <summary>Gets the values as colors: the decimal logarithm of 1 and the height above the least value of the grid.</summary>
    public ChartField Field => colors;

    /// <summary>Says the name.</summary>
    /// <returns>For example <c>Rosenbrock</c>.</returns>
    public override string ToString() => name;
}
