using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws the steps of a pooling: its last step as a picture, all of them as an animation.</summary>
public sealed class PoolingRenderer : IRenderer<PoolingTrace>
{
    /// <inheritdoc />
    public bool CanRender(PoolingTrace value)
    {
        ArgumentNullException.ThrowIfNull(value);
        PoolingScene scene = value.Scene;
        return StepRenderer.IsSmall(scene.Input.Count, scene.InputSizes, scene.Channels, scene.OutputSizes);
    }

    /// <inheritdoc />
    public MimeBundle Render(PoolingTrace value, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        using var painter = new PoolingPainter(value, options);
        return StepRenderer.Render(painter, value.Steps.Count, value.ToString(), "A pooling, step by step", options);
    }
}
