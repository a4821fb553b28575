namespace ConvNetShell.Core.Errors;

/// <summary>There is nothing of the given name: no layer, preset, dataset or class.</summary>
public sealed class NameNotFoundException : ConvNetException
{
    private readonly string setting;
    private readonly string[] names;

    /// <summary>Initializes a new instance of the <see cref="NameNotFoundException"/> class.</summary>
    /// <param name="errorId">The stable identifier: Layer.NotFound, Preset.NotFound, Dataset.NotFound, Class.NotFound.</param>
    /// <param name="setting">The setting that has the name, for example <c>Layer</c>.</param>
    /// <param name="names">The names that exist.</param>
    /// <param name="received">The name that came.</param>
    /// <param name="innerException">The cause, if another error led here.</param>
    public NameNotFoundException(
        string errorId,
        string setting,
        IEnumerable<string> names,
        string received,
        Exception? innerException = null
    )
        : this(errorId, setting, (string[])[.. names], received, innerException) { }

    private NameNotFoundException(string errorId, string setting, string[] names, string received, Exception? innerException)
        : base(errorId, $"{setting} must be {NearestName.OneOf(names, received)}. Received: '{received}'.", innerException) =>
        (this.setting, this.names, Received) = (setting, names, received);

    /// <summary>Gets the name that came.</summary>
    public string Received { get; }

    /// <inheritdoc />
    public override ConvNetException Renamed(Func<string, string> rename) =>
        rename(setting) is var name && name == setting ? this : new NameNotFoundException(ErrorId, name, names, Received, this);
}
