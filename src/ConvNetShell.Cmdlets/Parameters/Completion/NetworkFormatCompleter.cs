using System.Management.Automation;
using ConvNetShell.Core.Interop;

namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes the names of formats: those that can be written for Export-Network, else those that can be read.</summary>
public sealed class NetworkFormatCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        NetworkFormats
            .All.Where(format =>
                line.Command.StartsWith(VerbsData.Export, StringComparison.OrdinalIgnoreCase) ? format.CanWrite : format.CanRead
            )
            .Select(format => (format.Name, $"{format.Description} ({string.Join(", ", format.Extensions)})"));
}
