using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Charts;
using ConvNetShell.Rendering.Pictures;
using ConvNetShell.Rendering.Records;
using ConvNetShell.Rendering.Records.Paths;
using ConvNetShell.Rendering.Records.Predictions;

namespace ConvNetShell.Rendering;

/// <summary>The list of all renderers.</summary>
public static class Renderers
{
    /// <summary>Returns a registry with all of them.</summary>
    /// <returns>The registry.</returns>
    public static RendererRegistry Create()
    {
        var registry = new RendererRegistry();
        return registry
            .Add<IPictureSource>(new PictureRenderer())
            .Add<IChartSource>(new ChartRenderer())
            .Add(new PredictionRenderer())
            .Add(new ActivationRenderer())
            .Add(new ConfusionRenderer())
            .Add(new NetworkRenderer())
            .Add(new PanelRenderer())
            .Add(new TraceRenderer())
            .Add(new PoolingRenderer())
            .Add(new MovingFigureRenderer(registry));
    }
}
