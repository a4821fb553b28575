using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>A control and, below it, what its script shows.</summary>
internal abstract class Widget
{
    private readonly WidgetBlock block;
    private readonly WidgetModel area;
    private long latest;

    /// <param name="block">The script.</param>
    /// <param name="style">The state of the control's style.</param>
    /// <param name="control">Makes the control's state of the models of its layout and style.</param>
    protected Widget(WidgetBlock block, JsonObject style, Func<WidgetModel, WidgetModel, JsonObject> control)
    {
        this.block = block;
        var layout = new WidgetModel(WidgetStates.Layout());
        var styleModel = new WidgetModel(style);
        Control = new WidgetModel(control(layout, styleModel));
        area = new WidgetModel(WidgetStates.Outputs(layout));
        Box = new WidgetModel(WidgetStates.Box(layout, Control, area));
        Models = [layout, styleModel, Control, area, Box];
    }

    /// <summary>Gets the models, each after those that its state names.</summary>
    public IReadOnlyList<WidgetModel> Models { get; }

    /// <summary>Gets the model that shows the whole.</summary>
    public WidgetModel Box { get; }

    /// <summary>Gets the model of the control.</summary>
    protected WidgetModel Control { get; }

    /// <summary>Takes a message that a front end sent to one of the models.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The message: method, and state or content.</param>
    /// <param name="isNewest">False where a later change of the same model waits already.</param>
    /// <param name="runner">The session in which scripts run.</param>
    /// <param name="front">Where messages to the front end go.</param>
    public abstract void Receive(WidgetModel model, JsonObject data, bool isNewest, IBlockRunner runner, ICellSink front);

    /// <summary>Runs the script for the first time, inside the cell that shows the widget.</summary>
    /// <returns>Its outputs; null for a widget whose script waits for the user.</returns>
    public virtual JsonArray? Begin(IBlockRunner runner, ICellSink front) => null;

    /// <summary>Runs the script and shows its output.</summary>
    /// <returns>The outputs.</returns>
    protected JsonArray Run(object? value, IBlockRunner runner, ICellSink front)
    {
        long run = Interlocked.Increment(ref latest);
        var sink = new WidgetSink(area, front, () => Interlocked.Read(ref latest) == run);
        runner.Run(block.For(runner), value, sink);
        sink.End();
        return sink.Outputs;
    }
}
