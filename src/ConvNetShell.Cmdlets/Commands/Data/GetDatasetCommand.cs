using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Data;

/// <summary>
/// Lists the known datasets: whether and where they are on this machine, their size and source. It reads and downloads nothing.
/// </summary>
/// <example>
/// <code>Get-Dataset</code>
/// A row for each known dataset: its shape, its classes, and whether it is on this machine.
/// </example>
/// <example>
/// <code>Get-Dataset | Where-Object Available</code>
/// Which of them are on this machine.
/// </example>
[Cmdlet(VerbsCommon.Get, "Dataset", HelpUri = ProjectLinks.Help + "Get-Dataset")]
[OutputType(typeof(DatasetInfo))]
public sealed class GetDatasetCommand : ConvNetCommand
{
    /// <summary>Gets or sets the names to list; wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc />
    protected override void Process()
    {
        // cifar-10 is CIFAR10: a name is looked up as everywhere else
        IEnumerable<string> wanted = Name.Select(name => KnownDatasets.Find(name)?.Name ?? name);
        DatasetInfo[] known = [.. DatasetLocator.Describe(DatasetFolders.FromEnvironment())];
        WriteObject(
            NamedItems.Select(known, info => info.Name, wanted, missing => Attempt(() => KnownDatasets.Get(missing), missing)),
            enumerateCollection: true
        );
    }
}
