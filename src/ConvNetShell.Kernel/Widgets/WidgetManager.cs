using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>The widgets of a kernel, which all its shells share; the oldest are closed where there are too many.</summary>
internal sealed class WidgetManager
{
    private const int Most = 200;
    private readonly Lock gate = new();
    private readonly List<Widget> widgets = [];
    private readonly Dictionary<string, (Widget Widget, WidgetModel Model)> models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> newest = new(StringComparer.Ordinal);

    /// <summary>Gets the models of all widgets.</summary>
    public IReadOnlyList<WidgetModel> Models
    {
        get
        {
            lock (gate)
            {
                return [.. widgets.SelectMany(widget => widget.Models)];
            }
        }
    }

    /// <summary>Adds a widget and makes its models in the front ends.</summary>
    public void Add(Widget widget, ICellSink front)
    {
        Widget? oldest;
        lock (gate)
        {
            oldest = widgets.Count == Most ? widgets[0] : null;
            widgets.Add(widget);
            foreach (WidgetModel model in widget.Models)
            {
                models.Add(model.Id, (widget, model));
            }
        }

        if (oldest is not null)
        {
            Remove(oldest);
            Send(oldest, model => model.Close(), front);
        }

        Send(widget, model => model.Open(), front);
    }

    /// <summary>A message for a model has come in and waits for its turn; to be called in the order of the messages.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="message">The message.</param>
    public void Announce(string id, object message)
    {
        lock (gate)
        {
            if (models.ContainsKey(id))
            {
                newest[id] = message;
            }
        }
    }

    /// <summary>Takes a message that a front end sent to a model.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="data">What it says.</param>
    /// <param name="message">The message, as it was announced.</param>
    /// <param name="runner">The session in which scripts run.</param>
    /// <param name="front">Where messages to the front end go.</param>
    /// <returns>False where there is no such model.</returns>
    public bool Receive(string id, JsonObject data, object message, IBlockRunner runner, ICellSink front)
    {
        (Widget Widget, WidgetModel Model) found;
        bool isNewest;
        lock (gate)
        {
            if (!models.TryGetValue(id, out found))
            {
                return false;
            }

            isNewest = !newest.TryGetValue(id, out object? latest) || latest == message;
        }

        if (data["method"] is JsonValue method && method.TryGetValue(out string? name) && name == "request_state")
        {
            front.Comm(found.Model.Refresh());
        }
        else
        {
            found.Widget.Receive(found.Model, data, isNewest, runner, front);
        }

        return true;
    }

    /// <summary>A front end has closed a model: its widget is gone.</summary>
    public void Close(string id)
    {
        Widget? widget;
        lock (gate)
        {
            widget = models.TryGetValue(id, out (Widget Widget, WidgetModel Model) found) ? found.Widget : null;
        }

        if (widget is not null)
        {
            Remove(widget);
        }
    }

    private void Remove(Widget widget)
    {
        lock (gate)
        {
            widgets.Remove(widget);
            foreach (WidgetModel model in widget.Models)
            {
                models.Remove(model.Id);
                newest.Remove(model.Id);
            }
        }
    }

    private static void Send(Widget widget, Func<WidgetModel, CommMessage> message, ICellSink front)
    {
        foreach (WidgetModel model in widget.Models)
        {
            front.Comm(message(model));
        }
    }
}
