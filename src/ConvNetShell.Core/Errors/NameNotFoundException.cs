namespace ConvNetShell.Core.Errors;

/// <summary>There is nothing of the given name: no layer, preset, dataset or class.</summary>
public sealed class NameNotFoundException : ConvNetException
{
    /// <summary>Initializes a new instance of the <see cref="NameNotFoundException"/> class.</summary>
    /// <param name="kind">The kind of object, which begins the error's identifier: Layer, Preset, Dataset, Class.</param>
    /// <param name="setting">The parameter or setting, as the user writes it, for example <c>-Layer</c>.</param>
    /// <param name="names">The names that exist.</param>
    /// <param name="received">The name that came.</param>
    public NameNotFoundException(string kind, string setting, IEnumerable<string> names, string received)
        : base($"{kind}.NotFound", $"{setting} must be {NearestName.OneOf(names, received)}. Received: '{received}'.") =>
        Received = received;

    /// <summary>Gets the name that came.</summary>
    public string Received { get; }
}
