using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Session.Figures;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Show;

/// <summary>
/// Writes a figure to a file: PNG, SVG, HTML (one self-contained page with interactive charts), the numbers as JSON, or a figure
/// that moves as GIF or WebP: the steps of a convolution or a pooling, filters over the epochs, a descent. The file's extension decides.
/// </summary>
/// <example>
/// <code>$run | Export-Figure history.html</code>
/// A page with interactive charts that loads nothing.
/// </example>
/// <example><code>Get-Filter $run conv1 | Export-Figure filters.png -Scale 2</code>Twice as many pixels, for print.</example>
/// <example>
/// <code>Get-ConfusionMatrix $run | Export-Figure confusion.svg</code>
/// The matrix as vectors.
/// </example>
[Cmdlet(VerbsData.Export, "Figure", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Export-Figure")]
[OutputType(typeof(FileInfo))]
public sealed class ExportFigureCommand : FigureCommand
{
    private readonly List<object?> items = [];

    /// <summary>Gets or sets the file to write: .png, .svg, .gif, .webp, .html or .json. One that is there is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// Gets or sets the objects to draw: pictures, filters, feature maps, runs, histories, matrices, predictions, networks, steps of
    /// a convolution.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public object[] InputObject { get; set; } = [];

    /// <summary>Gets or sets the height of a chart in pixels. Default: what suits it.</summary>
    [Parameter]
    [ValidateRange(80, 8000)]
    public int? Height { get; set; }

    /// <summary>Gets or sets how many pixels of a PNG each pixel takes. Default: 1.</summary>
    [Parameter]
    [ValidateRange(0.25f, 8f)]
    public float Scale { get; set; } = 1;

    /// <summary>Gets or sets which page is drawn of more pictures than one page takes, from 1. Default: 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Page { get; set; } = 1;

    /// <summary>Gets or sets a value indicating whether the file is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    private protected override RenderOptions Options =>
        base.Options with
        {
            Height = Height,
            Scale = Scale,
            Page = Page,
            AllForms = FigureFile.NeedsAllForms(Path),
            WebP = FigureFile.IsWebP(Path),
        };

    /// <inheritdoc />
    protected override void Begin() => FigureFile.Check(Path);

    /// <inheritdoc />
    protected override void Process() => Collect(items, InputObject);

    /// <inheritdoc />
    protected override void Finish()
    {
        if (items.Count == 0)
        {
            return;
        }
        IReadOnlyList<object> figures = Figures(items);
        if (figures.FirstOrDefault(figure => !Registry.CanRender(figure)) is { } strange)
        {
            throw new InvalidSettingException("-InputObject", Drawn, strange.GetType().Name);
        }
        string path = FullPath(Path);
        if (ShouldProcess(path, "Write figure"))
        {
            Stop.ThrowIfCancellationRequested();
            FigureFile.Write(path, [.. figures.Select(figure => Registry.Render(figure, Options))], Dark);
            if (PassThru)
            {
                WriteObject(new FileInfo(path));
            }
        }
    }
}
