using ConvNetShell.Cmdlets.Session;

namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes the names of the session's runs.</summary>
public sealed class RunCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        ConvNetSession.Current.Runs.Select(run => (run.Name, run.ToString()));
}
