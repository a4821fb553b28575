using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>
/// The kernel's half of a model of the Jupyter widget protocol 2.1.0: a state that both halves have, and a comm that keeps it equal.
/// </summary>
/// <param name="state">What the front end's half begins with.</param>
internal sealed class WidgetModel(JsonObject state)
{
    /// <summary>The target of the comms of models.</summary>
    public const string Target = "jupyter.widget";

    /// <summary>The version of the protocol, which a comm's first message names.</summary>
    public const string ProtocolVersion = "2.1.0";

    private readonly Lock gate = new();

    /// <summary>Gets the id of its comm.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Gets how another model's state names this one.</summary>
    public string Reference => "IPY_MODEL_" + Id;

    /// <summary>Returns the message that makes the front end's half.</summary>
    public CommMessage Open() =>
        new(
            "comm_open",
            new JsonObject
            {
                ["comm_id"] = Id,
                ["target_name"] = Target,
                ["data"] = Data(State()),
            },
            new JsonObject { ["version"] = ProtocolVersion }
        );

    /// <summary>Returns the message that ends the front end's half.</summary>
    public CommMessage Close() => new("comm_close", new JsonObject { ["comm_id"] = Id, ["data"] = new JsonObject() });

    /// <summary>Changes a value of the state.</summary>
    /// <returns>The message that changes it in the front end.</returns>
    public CommMessage Set(string name, JsonNode? value) => Send("update", Change(name, value));

    /// <summary>Takes a change that came from a front end.</summary>
    /// <returns>The message that tells it to the others, and confirms it.</returns>
    public CommMessage Accept(string name, JsonNode? value) => Send("echo_update", Change(name, value));

    /// <summary>Returns the message that brings a front end the whole state.</summary>
    public CommMessage Refresh() => Send("update", State());

    /// <summary>Returns a copy of the state.</summary>
    public JsonObject State()
    {
        lock (gate)
        {
            return (JsonObject)state.DeepClone();
        }
    }

    private JsonObject Change(string name, JsonNode? value)
    {
        lock (gate)
        {
            state[name] = value;
            return new JsonObject { [name] = value?.DeepClone() };
        }
    }

    private CommMessage Send(string method, JsonObject changes)
    {
        JsonObject data = Data(changes);
        data["method"] = method;
        return new CommMessage("comm_msg", new JsonObject { ["comm_id"] = Id, ["data"] = data });
    }

    private static JsonObject Data(JsonObject state) => new() { ["state"] = state, ["buffer_paths"] = new JsonArray() };
}
