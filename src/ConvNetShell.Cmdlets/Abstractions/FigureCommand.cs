using System.Management.Automation;
using ConvNetShell.Cmdlets.Errors;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Session.Figures;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Text;
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

    private const string DrawnSteps =
        "steps of a convolution or a pooling with an input and an output of at most 16,384 numbers and 256 a side: use a part of the "
        + "picture, a smaller one (Import-Dataset -Resize), or a larger -Stride";
    private object? lastScene;

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

    /// <summary>
    /// Adds objects to those that are drawn together. Steps of a window over an input that is too large to be drawn are refused at the
    /// first of them, before all the others are made.
    /// </summary>
    /// <param name="items">The objects so far.</param>
    /// <param name="more">The next ones.</param>
    private protected void Collect(List<object?> items, object[] more)
    {
        foreach (object item in more)
        {
            (object? scene, object? figure, IReadOnlyList<int>? sizes) = Values.Unwrap(item) switch
            {
                ConvolutionStep { Scene: { } own } step => (own, new ConvolutionTrace(own, [step]), own.InputSizes),
                PoolingStep { Scene: { } own } step => (own, new PoolingTrace(own, [step]), own.InputSizes),
                _ => ((object?)null, (object?)null, (IReadOnlyList<int>?)null),
            };
            if (scene is not null && !ReferenceEquals(scene, lastScene) && !Registry.CanRender(figure!))
            {
                var error = new InvalidSettingException(
                    "-InputObject",
                    DrawnSteps,
                    $"steps over {ViewText.Sizes(sizes!.Select(size => (double)size))}"
                );
                ThrowTerminatingError(error.ToErrorRecord(item, MyInvocation.MyCommand));
            }
            lastScene = scene ?? lastScene;
            items.Add(item);
        }
    }

    /// <summary>Returns the figures of objects: neighbors that belong together in one.</summary>
    private protected static IReadOnlyList<object> Figures(IEnumerable<object?> items) =>
        Rendering.Figures.Combine(ActivationFigures.Replace(items.Select(Values.Unwrap).OfType<object>()));
}
