using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Text;
using ConvNetShell.Rendering.Charts;

namespace ConvNetShell.Cmdlets.Commands.Show;

/// <summary>
/// Draws objects for a notebook or a page: bundles of MIME types and their contents. Pictures that come one after the other become one
/// grid, epochs one chart; what cannot be drawn gives nothing, nor does a single epoch or layer, whose view says more. -PassThru writes
/// these objects as they are.
/// </summary>
/// <example><code>(Get-Filter $net conv1 | ConvertTo-MimeBundle).Data['image/png']</code>The filters of a layer as one PNG, in
/// base64.</example>
/// <example>
/// <code>$run | ConvertTo-MimeBundle -Dark</code>
/// The history of a run as picture, HTML and text, for a dark page.
/// </example>
[Cmdlet(VerbsData.ConvertTo, "MimeBundle", DefaultParameterSetName = ObjectSet, HelpUri = ProjectLinks.Help + "ConvertTo-MimeBundle")]
[OutputType(typeof(MimeBundle))]
public sealed class ConvertToMimeBundleCommand : FigureCommand
{
    private const string ObjectSet = "Object",
        ScriptSet = "Script";
    private readonly List<object?> items = [];

    /// <summary>Gets or sets the objects to draw: pictures, filters, feature maps, runs, histories, matrices, predictions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[] InputObject { get; set; } = [];

    /// <summary>
    /// Gets or sets a value indicating whether the script is written that a page needs once for all its interactive charts.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ScriptSet)]
    public SwitchParameter PageScript { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the large forms come too that only files take: SVG, and the numbers as JSON.
    /// </summary>
    [Parameter(ParameterSetName = ObjectSet)]
    public SwitchParameter AllForms { get; set; }

    /// <summary>Gets or sets a value indicating whether objects that cannot be drawn are written as they are, in order.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    private protected override RenderOptions Options => base.Options with { AllForms = AllForms };

    /// <inheritdoc />
    protected override void Process() => items.AddRange(InputObject ?? []);

    /// <inheritdoc />
    protected override void Finish()
    {
        if (PageScript)
        {
            WriteObject(
                new MimeBundle([
                    KeyValuePair.Create(MimeBundle.PlainText, "plotly.js"),
                    KeyValuePair.Create(MimeBundle.Html, PlotlyScript.Html()),
                ])
            );
            return;
        }
        object[] drawn = [.. items.OfType<object>()];
        int at = 0;
        foreach ((MimeBundle? bundle, int count) in Rendering.Figures.DrawAll(drawn.Select(item => Values.Unwrap(item)!), Draw))
        {
            if (bundle is not null)
            {
                WriteObject(bundle);
            }
            else if (PassThru)
            {
                WriteObject(drawn[at..(at + count)], enumerateCollection: true);
            }
            at += count;
        }
    }

    private MimeBundle Draw(object figure)
    {
        Stop.ThrowIfCancellationRequested();
        return Registry.Render(figure, Options);
    }
}
