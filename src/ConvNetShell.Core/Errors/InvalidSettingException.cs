using System.Globalization;

namespace ConvNetShell.Core.Errors;

/// <summary>A setting is outside its range: a stride of zero, a learning rate that is not a number.</summary>
public sealed class InvalidSettingException : ConvNetException
{
    /// <summary>Initializes a new instance of the <see cref="InvalidSettingException"/> class.</summary>
    /// <param name="setting">The setting's name as the user writes it, for example <c>-LearningRate</c>.</param>
    /// <param name="expected">The requirement, as a phrase that follows "must be".</param>
    /// <param name="received">What came.</param>
    public InvalidSettingException(string setting, string expected, object? received)
        : base("Setting.Invalid", $"{setting} must be {expected}. Received: {Describe(received)}.")
    {
        Setting = setting;
        Received = received;
    }

    /// <summary>Gets the setting's name.</summary>
    public string Setting { get; }

    /// <summary>Gets the value that came.</summary>
    public object? Received { get; }

    private static string Describe(object? value) =>
        value switch
        {
            null => "nothing",
            string text => $"'{text}'",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? value.GetType().Name,
        };
}
