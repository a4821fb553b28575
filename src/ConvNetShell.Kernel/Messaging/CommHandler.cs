using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>Comms are for widgets; this kernel has none, so it closes every opened comm, as the protocol requires.</summary>
internal sealed class CommHandler(FrontEnd frontEnd, string requestType) : IRequestHandler
{
    /// <inheritdoc/>
    public string RequestType => requestType;

    /// <summary>One handler for each of the requests.</summary>
    public static IEnumerable<IRequestHandler> All(FrontEnd frontEnd) =>
        new[] { "comm_info_request", "comm_open", "comm_msg", "comm_close" }.Select(type => new CommHandler(frontEnd, type));

    /// <inheritdoc/>
    public void Handle(WireMessage request)
    {
        if (requestType == "comm_info_request")
        {
            JsonObject reply = Reply.Ok();
            reply["comms"] = new JsonObject();
            frontEnd.Reply(request, "comm_info_reply", reply);
        }
        else if (requestType != "comm_close")
        {
            frontEnd.Publish(
                request.HeaderBytes,
                "comm_close",
                new JsonObject { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() }
            );
        }
    }
}
