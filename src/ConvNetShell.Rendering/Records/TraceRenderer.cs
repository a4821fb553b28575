using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws the steps of a convolution: its last step as a picture, all of them as an animation.</summary>
public sealed class TraceRenderer : IRenderer<ConvolutionTrace>
{
    /// <inheritdoc />
    public bool CanRender(ConvolutionTrace value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ConvolutionScene scene = value.Scene;
        return StepRenderer.IsSmall(scene.Input.Count, scene.InputSizes, scene.Maps, scene.OutputSizes);
    }

    /// <inheritdoc />
    public MimeBundle Render(ConvolutionTrace value, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        using var painter = new TracePainter(value, options);
        return StepRenderer.Render(painter, value.Steps.Count, value.ToString(), "A convolution, step by step", options);
    }
}
