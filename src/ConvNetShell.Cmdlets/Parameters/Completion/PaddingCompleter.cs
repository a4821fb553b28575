namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes the names of paddings.</summary>
public sealed class PaddingCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        [("Valid", "No padding: the window stays inside the input"), ("Same", "As many zeros as keep the size")];
}
