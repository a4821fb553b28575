using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Sweeps;

/// <summary>
/// Returns a sweep as it stands, also while it runs elsewhere: Trials, Best, and the Ranking of the parameter sets by their mean over
/// seeds.
/// </summary>
/// <example>
/// <code>(Get-Sweep ./s).Trials | Sort-Object Objective</code>
/// The trials of a sweep in the order of their objective.
/// </example>
/// <example><code>(Get-Sweep ./s).Ranking</code>Sets that cannot be told from the best at the spread of their seeds have IsTied.</example>
[Cmdlet(VerbsCommon.Get, "Sweep", HelpUri = ProjectLinks.Help + "Get-Sweep")]
[OutputType(typeof(Sweep))]
public sealed class GetSweepCommand : ConvNetCommand
{
    /// <summary>Gets or sets the folder of the sweep.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SweepPath", "FullName")]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc />
    protected override object? Target => Path;

    /// <inheritdoc />
    protected override void Process() => WriteObject(SweepFolder.Open(FullPath(Path)).Read());
}
