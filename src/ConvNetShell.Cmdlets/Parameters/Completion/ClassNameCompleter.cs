namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes the names of classes, where the dataset or the network on the line or before the pipe is known.</summary>
public sealed class ClassNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        line.Classes().Select((name, index) => (name, FormattableString.Invariant($"Class {index}: {name}")));
}
