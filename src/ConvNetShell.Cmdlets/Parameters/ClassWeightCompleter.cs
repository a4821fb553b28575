namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Completes class weights.</summary>
public sealed class ClassWeightCompleter : NameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string Tip)> Names() => [("Balanced", "All classes count alike, however many images they have")];
}
