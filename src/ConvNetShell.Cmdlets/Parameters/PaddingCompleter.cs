namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Completes the words for padding.</summary>
public sealed class PaddingCompleter : NameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string Tip)> Names() =>
    [
        ("Valid", "No padding: the window stays inside the input"),
        ("Same", "As many zeros as keep the size"),
    ];
}
