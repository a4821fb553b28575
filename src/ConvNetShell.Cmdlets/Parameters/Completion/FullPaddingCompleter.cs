namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes the paddings of the operators on arrays.</summary>
public sealed class FullPaddingCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        [
            ("Valid", "No padding: the kernel stays inside the input"),
            ("Same", "As many zeros as keep the size"),
            ("Full", "One zero less than the kernel on every side: every overlap counts"),
        ];
}
