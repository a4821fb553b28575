using System.Text;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>Sends messages to front ends: replies to the one that asked, and everything else to all.</summary>
internal sealed class FrontEnd(IWire wire, WireFormat format)
{
    /// <summary>Answers a request on the channel it came by.</summary>
    public void Reply(WireMessage request, string type, JsonObject content, JsonObject? metadata = null) =>
        wire.Send(request.Channel, format.Write(request.Identities, type, request.HeaderBytes, content, metadata));

    /// <summary>Tells all front ends.</summary>
    /// <param name="parentHeader">The header of the request it belongs to, as it came; null for none.</param>
    /// <param name="type">The message's type.</param>
    /// <param name="content">The content.</param>
    /// <param name="metadata">The metadata; null for none.</param>
    public void Publish(byte[]? parentHeader, string type, JsonObject content, JsonObject? metadata = null) =>
        wire.Send(Channel.Iopub, format.Write([Topic(type)], type, parentHeader, content, metadata));

    /// <summary>Says whether the kernel is starting, busy or idle.</summary>
    public void Status(byte[]? parentHeader, string state) =>
        Publish(parentHeader, "status", new JsonObject { ["execution_state"] = state });

    /// <summary>Returns the id for a question.</summary>
    public string NewId() => format.NewId();

    /// <summary>Asks the front end that sent a request for a line of text.</summary>
    public void AskInput(WireMessage request, string prompt, bool password, string id) =>
        wire.Send(
            Channel.Stdin,
            format.Write(
                request.Identities,
                "input_request",
                request.HeaderBytes,
                new JsonObject { ["prompt"] = prompt, ["password"] = password },
                id: id
            )
        );

    /// <summary>Greets a new listener of iopub.</summary>
    public void Welcome(byte[] topic) =>
        wire.Send(
            Channel.Iopub,
            format.Write([topic], "iopub_welcome", null, new JsonObject { ["subscription"] = Encoding.UTF8.GetString(topic) })
        );

    private byte[] Topic(string type) => Encoding.UTF8.GetBytes($"kernel.{format.Session}.{type}");
}
