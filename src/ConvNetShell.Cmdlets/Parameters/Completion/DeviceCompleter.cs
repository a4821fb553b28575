namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes the names of devices; it opens no library to do so, as completion must be quick.</summary>
public sealed class DeviceCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        [
            ("auto", "The first GPU, or the CPU where there is none"),
            ("cpu", "The processor"),
            ("cuda", "The first NVIDIA GPU; cuda:1 is the second"),
            ("mps", "The GPU of an Apple machine"),
        ];
}
