using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes the names of the session's runs; with -RunPath on the line the identifiers of the runs in that folder.</summary>
public sealed class RunCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        line.RunPath is { } folder
            ? RunStore.Read(folder).Select(run => (run.Id, $"{run.Name}: {run}"))
            : ConvNetSession.Current.Runs.Select(run => (run.Name, run.ToString()));
}
