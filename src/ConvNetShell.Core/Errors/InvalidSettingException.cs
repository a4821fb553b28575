using System.Globalization;

namespace ConvNetShell.Core.Errors;

/// <summary>A setting is outside its range: a stride of zero, a learning rate that is not a number.</summary>
public sealed class InvalidSettingException : ConvNetException
{
    private readonly string expected;

    /// <summary>Initializes a new instance of the <see cref="InvalidSettingException"/> class.</summary>
    /// <param name="setting">The setting's name, for example <c>LearningRate</c>.</param>
    /// <param name="expected">What it must be, as a phrase that follows "must be".</param>
    /// <param name="received">What came.</param>
    /// <param name="innerException">The cause, if another error led here.</param>
    public InvalidSettingException(string setting, string expected, object? received, Exception? innerException = null)
        : base("Setting.Invalid", $"{setting} must be {expected}. Received: {Describe(received)}.", innerException)
    {
        Setting = setting;
        Received = received;
        this.expected = expected;
    }

    /// <summary>Gets the setting's name.</summary>
    public string Setting { get; }

    /// <summary>Gets the value that came.</summary>
    public object? Received { get; }

    /// <inheritdoc />
    public override ConvNetException Renamed(Func<string, string> rename) =>
        rename(Setting) is var name && name == Setting ? this : new InvalidSettingException(name, expected, Received, this);

    private static string Describe(object? value) =>
        value switch
        {
            null => "nothing",
            string text => $"'{text}'",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? value.GetType().Name,
        };
}
