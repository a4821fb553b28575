using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>A slider whose script runs with each value.</summary>
internal sealed class SliderWidget(SliderScale scale, string description, WidgetBlock block)
    : Widget(block, WidgetStates.SliderStyle(), (layout, style) => WidgetStates.Slider(scale, description, layout, style))
{
    private const string ValueName = "value";
    private readonly SliderScale scale = scale;

    /// <inheritdoc/>
    public override JsonArray Begin(IBlockRunner runner, ICellSink front) => Run(scale.Value(scale.Start), runner, front);

    /// <inheritdoc/>
    public override void Receive(WidgetModel model, JsonObject data, bool isNewest, IBlockRunner runner, ICellSink front)
    {
        if (model == Control && data["state"] is JsonObject state && scale.Read(state[ValueName]) is double value)
        {
            front.Comm(model.Accept(ValueName, scale.Json(value)));
            if (isNewest)
            {
                Run(scale.Value(value), runner, front);
            }
        }
    }
}
