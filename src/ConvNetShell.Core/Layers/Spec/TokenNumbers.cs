using System.Globalization;
using System.Text.RegularExpressions;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Windows;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>Reads the numbers within a token.</summary>
internal static class TokenNumbers
{
    /// <summary>The pattern of stride, padding and dilation, in any order.</summary>
    public const string Window =
        @"(?:s(?<stride>[0-9]+(?:x[0-9]+)*)|p(?<pad>same|[0-9]+(?::[0-9]+)?(?:x[0-9]+(?::[0-9]+)?)*)|d(?<dilation>[0-9]+(?:x[0-9]+)*))*";

    public static int Int(Match match, string group) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new InvalidSettingException($"The number in '{match.Value}'", "at most 2147483647", match.Groups[group].Value);

    public static double Real(Match match, string group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    public static bool Has(Match match, string group) => match.Groups[group].Success;

    public static SpatialSize SpatialSize(Match match, string group, string setting, SpatialSize standard) =>
        match.Groups[group].Success ? Windows.SpatialSize.Parse(setting, match.Groups[group].Value) : standard;

    public static Window ReadWindow(Match match, SpatialSize kernel, SpatialSize stride, Padding padding) =>
        new(
            kernel,
            SpatialSize(match, "stride", "Stride", stride),
            match.Groups["pad"].Success ? Padding.Parse(match.Groups["pad"].Value) : padding
        )
        {
            Dilation = SpatialSize(match, "dilation", "Dilation", 1),
        };
}
