using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>Converts -8..8, which PowerShell reads as a string after a parameter, to a list of integers.</summary>
public sealed partial class IntegerRangeTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (Values.Unwrap(inputData) is not string text || Range().Match(text) is not { Success: true } match)
        {
            return inputData;
        }
        int from = int.Parse(match.Groups["from"].ValueSpan, CultureInfo.InvariantCulture),
            to = int.Parse(match.Groups["to"].ValueSpan, CultureInfo.InvariantCulture);
        return from <= to ? Enumerable.Range(from, to - from + 1).ToArray() : [.. Enumerable.Range(to, from - to + 1).Reverse()];
    }

    [GeneratedRegex(@"^\s*(?<from>-?\d{1,9})\s*\.\.\s*(?<to>-?\d{1,9})\s*$")]
    private static partial Regex Range();
}
