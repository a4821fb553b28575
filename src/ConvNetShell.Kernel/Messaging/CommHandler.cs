using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Widgets;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>
/// Comms: the messages of widgets. A comm that a front end opens for anything but the state of all widgets is closed at once, as is one
/// that it writes to and nobody knows, which is left from before a restart.
/// </summary>
/// <param name="frontEnd">Whom it answers.</param>
/// <param name="session">Runs the scripts of widgets.</param>
/// <param name="widgets">The widgets.</param>
/// <param name="control">The comms that ask for the state of all widgets.</param>
/// <param name="requestType">The message that it handles.</param>
internal sealed class CommHandler(FrontEnd frontEnd, CellSession session, WidgetManager widgets, ControlComms control, string requestType)
    : IRequestHandler
{
    /// <summary>The message whose content is for a comm.</summary>
    public const string Message = "comm_msg";

    private const string Open = "comm_open",
        Close = "comm_close",
        Info = "comm_info_request";

    /// <inheritdoc/>
    public string RequestType => requestType;

    /// <summary>One handler for each of the messages.</summary>
    public static IEnumerable<IRequestHandler> All(FrontEnd frontEnd, CellSession session, WidgetManager widgets, ControlComms control) =>
        new[] { Info, Open, Message, Close }.Select(type => new CommHandler(frontEnd, session, widgets, control, type));

    /// <summary>Returns whether a message changes a model's state, so that a later one makes it out of date.</summary>
    public static bool IsChange(WireMessage message)
    {
        try
        {
            return message.Content["data"] is JsonObject data && data["state"] is JsonObject { Count: > 0 };
        }
        catch (ArgumentException)
        {
            return false; // a name stands twice; its handler says so
        }
    }

    /// <inheritdoc/>
    public void Handle(WireMessage request)
    {
        string id = request.Text("comm_id");
        switch (requestType)
        {
            case Info:
                Tell(request);
                break;
            case Open when !control.Open(id, request.Text("target_name")):
                Refuse(request, id);
                break;
            case Message when !Receive(request, id):
                Refuse(request, id);
                break;
            case Close:
                control.Close(id);
                widgets.Close(id);
                break;
        }
    }

    private bool Receive(WireMessage request, string id)
    {
        JsonObject data = request.Content["data"] as JsonObject ?? [];
        var front = new JupyterSink(frontEnd, request.HeaderBytes, 0);
        return control.Receive(id, data, widgets, front) || widgets.Receive(id, data, request, session, front);
    }

    private void Tell(WireMessage request)
    {
        string target = request.Text("target_name", WidgetModel.Target);
        JsonObject reply = Reply.Ok();
        reply["comms"] = new JsonObject(
            target == WidgetModel.Target
                ? widgets.Models.Select(model =>
                    KeyValuePair.Create<string, JsonNode?>(model.Id, new JsonObject { ["target_name"] = WidgetModel.Target })
                )
                : []
        );
        frontEnd.Reply(request, "comm_info_reply", reply);
    }

    private void Refuse(WireMessage request, string id) =>
        frontEnd.Publish(request.HeaderBytes, Close, new JsonObject { ["comm_id"] = id, ["data"] = new JsonObject() });
}
