using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>Reads class weights: Balanced, or a number for each class.</summary>
public sealed class ClassWeightTransformAttribute : ArgumentTransformationAttribute
{
    private const string Balanced = "Balanced";

    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Values.Unwrap(inputData) switch
        {
            ClassWeights weights => weights,
            string text when text.Equals(Balanced, StringComparison.OrdinalIgnoreCase) => new ClassWeights(null),
            null => null,
            string text when string.IsNullOrWhiteSpace(text) => null, // an empty cell of a table
            string text when text.Contains(',', StringComparison.Ordinal) => new ClassWeights([.. text.Split(',').Select(Number)]),
            IEnumerable list and not string => new ClassWeights([.. list.Cast<object?>().Select(Number)]),
            var other => Values.Read(() =>
                throw new InvalidSettingException("-ClassWeight", "Balanced, or a number for each class", other)
            ),
        };

    private static double Number(object? value) =>
        double.TryParse(Values.Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : (double)
                Values.Read(() =>
                    throw new InvalidSettingException("-ClassWeight", "Balanced, or a number for each class", Values.Text(value))
                );
}
