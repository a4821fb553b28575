using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Analysis;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Display.Records.Sweeps;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Show;

/// <summary>
/// Draws a sweep, also while it runs. History: the objective of each trial and the best so far. Parallel: a line a trial through all
/// parameters, the better the brighter. Slice: the objective over each parameter. Intermediate: the objective by epoch. Importance: the
/// fraction of the objective's variance that each parameter explains by itself, by fANOVA on a random forest of 64 trees (Hutter 2014).
/// Contour: the objective that the forest expects over two parameters. The forest needs 4 completed trials and is seeded.
/// </summary>
/// <example>
/// <code>Show-Sweep ./s</code>
/// The objective of each trial, and the best so far.
/// </example>
/// <example>
/// <code>Get-Sweep ./s | Show-Sweep -Plot Importance</code>
/// How much of the spread each parameter explains.
/// </example>
/// <example>
/// <code>Show-Sweep ./s -Plot Contour -Parameter LearningRate, Filters</code>
/// The objective over two parameters.
/// </example>
/// <example><code>(Show-Sweep ./s -Plot Importance -PassThru).Importance</code>The numbers of the chart.</example>
/// <example>
/// <code>Show-Sweep ./s -Plot Slice -PassThru | Export-Figure slice.svg</code>
/// The objective over each parameter, as a file.
/// </example>
[Cmdlet(VerbsCommon.Show, "Sweep", HelpUri = ProjectLinks.Help + "Show-Sweep")]
[OutputType(typeof(SweepChart), typeof(string))]
public sealed class ShowSweepCommand : ShowCommand
{
    /// <summary>Gets or sets the sweeps, or their folders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("SweepPath", "Path")]
    public object[] Sweep { get; set; } = [];

    /// <summary>Gets or sets the chart. Default: History.</summary>
    [Parameter(Position = 1)]
    public SweepPlot Plot { get; set; }

    /// <summary>
    /// Gets or sets the parameters to show, in order. Default: all; of Contour the two most important ones.
    /// </summary>
    [Parameter]
    public string[] Parameter { get; set; } = [];

    /// <inheritdoc />
    protected override void Process()
    {
        foreach (object? item in Sweep.Select(Values.Unwrap))
        {
            Sweep sweep = item switch
            {
                Sweep known => known,
                string path => SweepFolder.Open(FullPath(path)).Read(),
                FileSystemInfo folder => SweepFolder.Open(folder.FullName).Read(),
                _ => throw new InvalidSettingException(nameof(Sweep), "sweeps or their folders", item?.GetType().Name),
            };
            Show(SweepCharts.Of(sweep, Plot, Parameter));
        }
    }
}
