using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>
/// The comms by which a page that is opened again asks for the state of all widgets at once: target jupyter.widget.control, version 1.0.0.
/// </summary>
internal sealed class ControlComms
{
    private const string Target = "jupyter.widget.control";
    private const int Most = 100,
        LongestId = 200;
    private readonly Lock gate = new();
    private readonly List<string> comms = [];

    /// <summary>A front end opens a comm.</summary>
    /// <returns>False where it is for something else; it is not open then.</returns>
    public bool Open(string id, string target)
    {
        if (target != Target || id.Length is 0 or > LongestId)
        {
            return false;
        }

        lock (gate)
        {
            comms.Remove(id);
            comms.Add(id);
            if (comms.Count > Most)
            {
                comms.RemoveAt(0);
            }
        }

        return true;
    }

    /// <summary>A front end closes a comm.</summary>
    public void Close(string id)
    {
        lock (gate)
        {
            comms.Remove(id);
        }
    }

    /// <summary>Takes a message; answers the one that asks for the states.</summary>
    /// <returns>False where the comm is not one of these.</returns>
    public bool Receive(string id, JsonObject data, WidgetManager widgets, ICellSink front)
    {
        lock (gate)
        {
            if (!comms.Contains(id))
            {
                return false;
            }
        }

        if (data["method"] is JsonValue method && method.TryGetValue(out string? name) && name == "request_states")
        {
            front.Comm(new CommMessage("comm_msg", new JsonObject { ["comm_id"] = id, ["data"] = States(widgets) }));
        }

        return true;
    }

    private static JsonObject States(WidgetManager widgets)
    {
        var states = new JsonObject();
        foreach (WidgetModel model in widgets.Models)
        {
            JsonObject state = model.State();
            states[model.Id] = new JsonObject
            {
                ["model_name"] = state["_model_name"]!.DeepClone(),
                ["model_module"] = state["_model_module"]!.DeepClone(),
                ["model_module_version"] = state["_model_module_version"]!.DeepClone(),
                ["state"] = state,
            };
        }

        return new JsonObject
        {
            ["method"] = "update_states",
            ["states"] = states,
            ["buffer_paths"] = new JsonArray(),
        };
    }
}
