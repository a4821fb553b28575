using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Session.Figures;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Charts.Tables;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Show;

/// <summary>
/// Draws any objects as a chart: each is a row, and -X, -Y, -Z and -By name its properties. Lines, points, bars, histograms, boxes and
/// heat maps look as the module's other charts do, in a notebook, in the terminal and in a file. Objects without the numbers that the
/// chart needs are left out, and a warning says how many.
/// </summary>
/// <example>
/// <code>Get-TrainingRun | Show-Chart Settings.LearningRate BestAccuracy -Kind Scatter -LogX</code>
/// A point a run: which learning rate gave which accuracy.
/// </example>
/// <example>
/// <code>Import-Csv results.csv | Show-Chart rate accuracy -By seed -LogX</code>
/// A line for each seed.
/// </example>
/// <example><code>Get-Process | Show-Chart WorkingSet64 -LogX</code>A histogram: there is no Y.</example>
/// <example>
/// <code>$results | Show-Chart Optimizer Accuracy -Kind Box -PassThru | Export-Figure box.svg</code>
/// A box for each optimizer, as a file.
/// </example>
/// <example><code>$results | Show-Chart Rate Filters -Z Accuracy</code>A heat map.</example>
[Cmdlet(VerbsCommon.Show, "Chart", HelpUri = ProjectLinks.Help + "Show-Chart")]
[OutputType(typeof(Chart), typeof(string))]
public sealed class ShowChartCommand : ShowCommand
{
    private readonly List<PSObject> items = [];

    /// <summary>Gets or sets the objects.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>
    /// Gets or sets the property along the horizontal axis; with dots one of a property, as <c>Settings.LearningRate</c>.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string X { get; set; } = string.Empty;

    /// <summary>Gets or sets the properties along the vertical axis, a series each. Default: none, for a histogram of X.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[] Y { get; set; } = [];

    /// <summary>Gets or sets the property that a heat map shows as colors. Default: none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Z { get; set; }

    /// <summary>Gets or sets the property that says to which series an object belongs. Default: one series.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? By { get; set; }

    /// <summary>Gets or sets the kind. Default: Auto.</summary>
    [Parameter]
    public TableChartKind Kind { get; set; }

    /// <summary>Gets or sets a value indicating whether the horizontal axis is logarithmic.</summary>
    [Parameter]
    public SwitchParameter LogX { get; set; }

    /// <summary>Gets or sets a value indicating whether the vertical axis is logarithmic.</summary>
    [Parameter]
    public SwitchParameter LogY { get; set; }

    /// <summary>Gets or sets the number of intervals of a histogram. Default: by Freedman and Diaconis (1981), at most 60.</summary>
    [Parameter]
    [ValidateRange(1, 200)]
    public int? Bins { get; set; }

    /// <summary>Gets or sets the title. Default: none.</summary>
    [Parameter]
    public string Title { get; set; } = string.Empty;

    /// <inheritdoc />
    protected override void Process() => items.AddRange(InputObject.OfType<PSObject>());

    /// <inheritdoc />
    protected override void Finish()
    {
        if (items.Count == 0)
        {
            throw new InvalidSettingException("-InputObject", "at least one object", "none");
        }

        var table = new ObjectTable(items);
        TableChartKind kind = Kind;
        RequireColumns(kind);
        IReadOnlyList<TableRow> rows = table.Rows(X, Y, Z, By);
        if (kind == TableChartKind.Auto)
        {
            kind = TableChart.Suit(rows, Y.Length > 0, Z is not null);
        }

        var axes = new TableAxes(X, Y.Length > 0 ? string.Join(", ", Y) : "count", Z ?? string.Empty)
        {
            Title = Title,
            LogX = LogX,
            LogY = LogY,
            Bins = Bins,
        };
        TableRow[] drawn = [.. rows.Where(row => TableChart.IsDrawn(kind, row, axes))];
        if (drawn.Length == 0)
        {
            string wanted = kind switch
            {
                TableChartKind.Histogram => X,
                TableChartKind.HeatMap => Z!,
                _ => axes.Y,
            };
            throw new InvalidSettingException(
                kind == TableChartKind.Histogram ? "-X"
                    : kind == TableChartKind.HeatMap ? "-Z"
                    : "-Y",
                (LogX || LogY ? "a property with numbers above zero" : "a property with numbers") + $"; {wanted} has none",
                string.Create(CultureInfo.InvariantCulture, $"{items.Count:N0} objects")
            );
        }

        if (drawn.Length < rows.Count)
        {
            WriteWarning(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rows.Count - drawn.Length:N0} of {rows.Count:N0} values are no numbers that the chart can show."
                )
            );
        }

        Show(TableChart.Of(kind, drawn, axes));
    }

    private void RequireColumns(TableChartKind kind)
    {
        if (kind == TableChartKind.HeatMap && (Z is null || Y.Length != 1))
        {
            throw new InvalidSettingException(
                "-Kind",
                "for HeatMap one property for -Y and one for -Z",
                Z is null ? "no -Z" : $"{Y.Length} for -Y"
            );
        }

        if (kind is not (TableChartKind.HeatMap or TableChartKind.Auto) && Z is not null)
        {
            throw new InvalidSettingException("-Z", "given with HeatMap only", $"-Kind {kind}");
        }

        if (kind is TableChartKind.Line or TableChartKind.Scatter or TableChartKind.Bar or TableChartKind.Box && Y.Length == 0)
        {
            throw new InvalidSettingException("-Y", $"a property; {kind} draws it", null);
        }

        if (kind == TableChartKind.Histogram && Y.Length > 0)
        {
            throw new InvalidSettingException("-Y", "left out: Histogram counts -X", string.Join(", ", Y));
        }
    }
}
