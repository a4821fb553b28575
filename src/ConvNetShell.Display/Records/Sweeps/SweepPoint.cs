using System.Globalization;

namespace ConvNetShell.Display.Records.Sweeps;

/// <summary>A trial in a chart.</summary>
/// <param name="Number">The number, from 1.</param>
/// <param name="Status">Its status.</param>
/// <param name="Objective">The objective; not a number where there is none.</param>
/// <param name="Parameters">The parameters in words.</param>
/// <param name="Values">A number for each parameter of the chart: the value, or its index in a list; not a number where the trial does not
/// use it.</param>
/// <param name="Curve">The objective by epoch; empty where it is not drawn.</param>
public sealed record SweepPoint(
    int Number,
    string Status,
    double Objective,
    string Parameters,
    IReadOnlyList<double> Values,
    IReadOnlyList<double> Curve
)
{
    /// <summary>Gets a value indicating whether the trial is completed.</summary>
    public bool IsCompleted => Status == "Completed";

    /// <summary>Says the number, the parameters and the objective.</summary>
    /// <returns>For example <c>trial 3: LearningRate 0.01: 0.71</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"trial {Number}: {Parameters}")
        + (double.IsNaN(Objective) ? string.Empty : string.Create(CultureInfo.InvariantCulture, $": {Objective:G4}"))
        + (IsCompleted ? string.Empty : $" ({Status})");
}
