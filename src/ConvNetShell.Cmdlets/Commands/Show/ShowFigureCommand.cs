using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Show;

/// <summary>
/// Shows anything that Export-Figure can write, in a notebook or in the terminal: charts of accuracies, calibrations, timings and layers,
/// confusion matrices, runs, networks and pictures. Consecutive rows of a measurement become one chart.
/// </summary>
/// <example><code>Measure-Layer $run | Show-Figure</code>Dead units, update ratios and gradients, layer by layer.</example>
/// <example>
/// <code>Measure-Calibration $run | Show-Figure</code>
/// Confidence against accuracy.
/// </example>
/// <example>
/// <code>Get-ConfusionMatrix $run | Show-Figure</code>
/// The matrix, colored by count.
/// </example>
[Cmdlet(VerbsCommon.Show, "Figure", HelpUri = ProjectLinks.Help + "Show-Figure")]
[OutputType(typeof(IChartSource), typeof(IPictureSource), typeof(ConfusionMatrix), typeof(NetworkSummary), typeof(string))]
public sealed class ShowFigureCommand : ShowCommand
{
    private readonly List<object?> items = [];

    /// <summary>Gets or sets the objects to draw.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object[] InputObject { get; set; } = [];

    /// <summary>Gets or sets which page is shown of more pictures than one page takes, from 1. Default: 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Page { get; set; } = 1;

    /// <inheritdoc />
    private protected override RenderOptions Options => base.Options with { Page = Page };

    /// <inheritdoc />
    protected override void Process() => Collect(items, InputObject);

    /// <inheritdoc />
    protected override void Finish()
    {
        foreach (object figure in Figures(items))
        {
            Stop.ThrowIfCancellationRequested();
            if (!Registry.CanRender(figure))
            {
                throw new InvalidSettingException("-InputObject", Drawn, figure.GetType().Name);
            }
            Show(figure);
        }
    }
}
