using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Records.Sweeps;

namespace ConvNetShell.Core.Sweeps.Analysis;

/// <summary>
/// The forest of a sweep's completed trials. A parameter that a trial does not use stands in the middle of its range, or is one more value
/// of its list.
/// </summary>
internal sealed class SweepForest
{
    private const int Cells = 40;
    private readonly IReadOnlyList<SweepParameter> parameters;
    private readonly RegressionForest forest;

    public SweepForest(IReadOnlyList<SweepParameter> parameters, IReadOnlyList<SweepPoint> trials)
    {
        this.parameters = parameters;
        bool IsMissing(int index) => trials.Any(trial => double.IsNaN(trial.Values[index]));
        int[] values =
        [
            .. parameters.Select(
                (parameter, index) => parameter.Values.Count == 0 ? 0 : parameter.Values.Count + (IsMissing(index) ? 1 : 0)
            ),
        ];
        double Coordinate(double value, int index) =>
            parameters[index].Values.Count > 0 ? (double.IsNaN(value) ? parameters[index].Values.Count : value)
            : double.IsNaN(value) ? 0.5
            : parameters[index].Fraction(value);
        forest = new RegressionForest(
            [.. trials.Select(trial => trial.Values.Select(Coordinate).ToArray())],
            [.. trials.Select(trial => trial.Objective)],
            values
        );
    }

    /// <summary>Returns the importance of each parameter, the greatest first.</summary>
    public IReadOnlyList<ParameterImportance> Importance() =>
        forest
            .Importance()
            .Select((importance, index) => new ParameterImportance(parameters[index].Name, importance))
            .OrderByDescending(item => item.Importance)
            .ToArray();

    /// <summary>Returns the expected objective over two parameters.</summary>
    /// <param name="name">The objective's name.</param>
    /// <param name="first">The index of the parameter across.</param>
    /// <param name="second">The index of the other.</param>
    public ChartField Surface(string name, int first, int second)
    {
        (double Coordinate, double Number)[] across = Grid(parameters[first]),
            up = Grid(parameters[second]);
        return new ChartField(
            name,
            across.Select(column => column.Number).ToArray(),
            up.Select(row => row.Number).ToArray(),
            up.Select(row => across.Select(column => forest.Expect((first, column.Coordinate), (second, row.Coordinate))).ToArray())
                .ToArray()
        );
    }

    private static (double Coordinate, double Number)[] Grid(SweepParameter parameter) =>
        parameter.Values.Count > 0
            ? [.. parameter.Values.Select((_, index) => ((double)index, (double)index))]
            : [.. Enumerable.Range(0, Cells).Select(i => (i + 0.5) / Cells).Select(fraction => (fraction, parameter.At(fraction)))];
}
