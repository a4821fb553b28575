using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>
/// Reads a plain number as seconds, and '00:10:00' as ten minutes. An empty value, for example of a table's cell, means the default.
/// </summary>
/// <param name="setting">The parameter, for the error.</param>
public sealed class TimeSpanTransformAttribute(string setting) : ArgumentTransformationAttribute
{
    private const string Expected = "a number of seconds above 0, or a time like '00:10:00' (hours:minutes:seconds)";

    /// <summary>Gets the parameter, for the error.</summary>
    public string Setting { get; } = setting;

    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Values.Unwrap(inputData) switch
        {
            null => null,
            TimeSpan time => Checked(time, time),
            string text when string.IsNullOrWhiteSpace(text) => null,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => Seconds(
                number,
                text
            ),
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) => Checked(time, text),
            IConvertible number
                when LanguagePrimitives.TryConvertTo(number, CultureInfo.InvariantCulture, out double value)
                    && number is not (bool or string or char or DateTime or Enum) => Seconds(value, number),
            var other => Wrong(other),
        };

    private TimeSpan Seconds(double seconds, object given) =>
        seconds > 0 && seconds < TimeSpan.MaxValue.TotalSeconds ? Checked(TimeSpan.FromSeconds(seconds), given) : (TimeSpan)Wrong(given);

    private TimeSpan Checked(TimeSpan time, object given) => time > TimeSpan.Zero ? time : (TimeSpan)Wrong(given);

    private object Wrong(object? given) => Values.Read(() => throw new InvalidSettingException(Setting, Expected, given));
}
