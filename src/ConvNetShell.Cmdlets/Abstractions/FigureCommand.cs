using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Session.Figures;
using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that draw.</summary>
public abstract class FigureCommand : DataCommand
{
    /// <summary>The objects that can be drawn, for messages.</summary>
    private protected const string Drawn =
        "a drawable object: pictures, filters, feature maps, runs, histories, matrices, predictions, measurements of layers, networks, "
        + "activation layers, "
        + "steps of a convolution of at most 16,384 numbers and 256 a side";

    /// <summary>Gets or sets the width in pixels. Default: what suits the figure.</summary>
    [Parameter]
    [ValidateRange(120, 8000)]
    public int? Width { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether figures are drawn for a dark page. Without it interactive charts ask the page, and pictures
    /// are light.
    /// </summary>
    [Parameter]
    public SwitchParameter Dark { get; set; }

    /// <summary>Gets the renderers.</summary>
    private protected RendererRegistry Registry { get; } = Renderers.Create();

    /// <summary>Gets how figures are drawn.</summary>
    private protected virtual RenderOptions Options => new() { Width = Width, Dark = Dark.IsPresent ? Dark.ToBool() : null };

    /// <summary>Returns the figures of objects: neighbors that belong together in one.</summary>
    private protected static IReadOnlyList<object> Figures(IEnumerable<object?> items) =>
        Rendering.Figures.Combine(ActivationFigures.Replace(items.Select(Values.Unwrap).OfType<object>()));
}
