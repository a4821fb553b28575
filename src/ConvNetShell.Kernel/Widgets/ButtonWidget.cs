using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>A button whose script runs with each click; it takes no clicks meanwhile.</summary>
internal sealed class ButtonWidget(string text, WidgetBlock block)
    : Widget(block, WidgetStates.ButtonStyle(), (layout, style) => WidgetStates.Button(text, layout, style))
{
    private const string Disabled = "disabled";

    /// <inheritdoc/>
    public override void Receive(WidgetModel model, JsonObject data, bool isNewest, IBlockRunner runner, ICellSink front)
    {
        if (model == Control && data["content"] is JsonObject content && content["event"] is JsonValue name && IsClick(name))
        {
            front.Comm(model.Set(Disabled, true));
            try
            {
                Run(null, runner, front);
            }
            finally
            {
                front.Comm(model.Set(Disabled, false));
            }
        }
    }

    private static bool IsClick(JsonValue name) => name.TryGetValue(out string? text) && text == "click";
}
