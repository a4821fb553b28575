namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes class weights.</summary>
public sealed class ClassWeightCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        [("Balanced", "All classes count equally, whatever their number of images")];
}
