using System.Globalization;

namespace ConvNetShell.Display.Records.Sweeps;

/// <summary>How much of the objective's variance a parameter explains by itself.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Importance">The fraction of the variance, from 0 to 1; what is left belongs to parameters together.</param>
public sealed record ParameterImportance(string Parameter, double Importance)
{
    /// <summary>Says the parameter and the fraction.</summary>
    /// <returns>For example <c>LearningRate 0.82</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Parameter} {Importance:F2}");
}
